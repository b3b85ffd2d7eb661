from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Wydarzenia"

    def ready(self):
        from accounts import workspace
        from events import signup_desk
        from events.letters import signups
        from notifications import letters

        letters.register(*signups.LETTERS)
        workspace.contribute(signup_desk.desk)
