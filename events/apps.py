from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Wydarzenia"

    def ready(self):
        from core import demo, front_page, personal_data
        from events.front_page import calendar_sections
        from events.letters import signups
        from events.personal_data import CLASSES
        from events.use_cases.demo.seed import seed_calendar
        from notifications import letters

        letters.register(*signups.LETTERS)
        personal_data.register(*CLASSES)
        front_page.contribute(calendar_sections)
        demo.provide(seed_calendar)
