from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Wydarzenia"

    def ready(self):
        from accounts import workspace
        from events.desk import enrolment_desk
        from events.letters import enrolment as enrolment_letters
        from notifications import letters

        letters.register(*enrolment_letters.LETTERS)
        workspace.contribute(enrolment_desk)
