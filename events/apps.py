from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "Wydarzenia"

    def ready(self):
        from accounts import workspace
        from core import demo, front_page, personal_data
        from core.files.named import keep_beside
        from events.coordination import jobs
        from events.day import desk as day_desk
        from events.day import jobs as day_jobs
        from events.enrolment import desk
        from events.front_page import calendar_sections
        from events.letters import day, enrolment, signups
        from events.letters import desk as desk_letters
        from events.models import Enrolment
        from events.personal_data import CLASSES
        from events.searches import EVENTS
        from events.signing_up import desk as signup_desk
        from events.use_cases.demo.seed import seed_calendar
        from notifications import letters, searches
        from registry.pictures import small_name
        from registry.use_cases.merging import follow

        follow(Enrolment, "institution")
        keep_beside("events.EventPhoto", "picture", small_name)
        letters.register(*enrolment.LETTERS, *signups.LETTERS, *day.LETTERS, *desk_letters.LETTERS)
        personal_data.register(*CLASSES)
        for lines in (signup_desk.desk, desk.enrolment_desk, day_desk.desk):
            workspace.contribute(lines)
        front_page.contribute(calendar_sections)
        demo.provide(seed_calendar)
        day_jobs.register_jobs()
        jobs.register_jobs()
        searches.register(EVENTS)
