from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Wydarzenia"

    def ready(self):
        from events import day_jobs
        from events.letters import day
        from notifications import letters

        day_jobs.register_jobs()
        letters.register(*day.LETTERS)
