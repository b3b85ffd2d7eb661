from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Wydarzenia"

    def ready(self):
        from accounts import workspace
        from events import day_desk, day_jobs
        from events.letters import day
        from notifications import letters

        workspace.contribute(day_desk.desk)
        day_jobs.register_jobs()
        letters.register(*day.LETTERS)
