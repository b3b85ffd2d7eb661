from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Wydarzenia"

    def ready(self):
        from core import personal_data
        from events.letters import signups
        from events.personal_data import CLASSES
        from notifications import letters

        letters.register(*signups.LETTERS)
        personal_data.register(*CLASSES)
