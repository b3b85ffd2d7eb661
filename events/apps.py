from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Wydarzenia"

    def ready(self):
        from accounts import workspace
        from core import demo, front_page, personal_data
        from events import day_desk, day_jobs
        from events.coordination import jobs, panel
        from events.front_page import calendar_sections
        from events.letters import day, desk, signups
        from events.personal_data import CLASSES
        from events.use_cases.demo.seed import seed_calendar
        from notifications import letters

        letters.register(*signups.LETTERS, *day.LETTERS, *desk.LETTERS)
        personal_data.register(*CLASSES)
        workspace.contribute(panel.desk)
        workspace.contribute(day_desk.desk)
        front_page.contribute(calendar_sections)
        demo.provide(seed_calendar)
        day_jobs.register_jobs()
        jobs.register_jobs()
