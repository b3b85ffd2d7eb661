from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Wydarzenia"

    def ready(self):
        from events.letters import enrolment as enrolment_letters
        from notifications import letters

        letters.register(*enrolment_letters.LETTERS)
