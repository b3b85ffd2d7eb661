from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Wydarzenia"

    def ready(self):
        from core import demo
        from core.front_page import contribute
        from events.front_page import calendar_sections
        from events.use_cases.demo.seed import seed_calendar

        contribute(calendar_sections)
        demo.provide(seed_calendar)
