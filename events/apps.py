from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Wydarzenia"

    def ready(self):
        from accounts import workspace
        from events.coordination import jobs, panel
        from events.letters import desk, signups
        from notifications import letters

        letters.register(*signups.LETTERS)
        letters.register(*desk.LETTERS)
        workspace.contribute(panel.desk)
        jobs.register_jobs()
