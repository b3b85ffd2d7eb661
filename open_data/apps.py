from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "open_data"
    verbose_name = "Otwarte dane"

    def ready(self):
        import pgtrigger
        from django.utils import timezone

        from core import alarms, demo, errors
        from core.constraints import wait_for_the_end
        from open_data import datasets
        from open_data.api import problems
        from open_data.datasets.dictionaries import DICTIONARIES
        from open_data.datasets.events import EVENTS
        from open_data.datasets.marks import MARKS
        from open_data.datasets.offers import OFFERS
        from open_data.datasets.organisations import ORGANISATIONS
        from open_data.datasets.postings import POSTINGS
        from open_data.datasets.statuses import STATUSES
        from open_data.datasets.territory import TERRITORY
        from open_data.datasets.units import UNITS
        from open_data.use_cases.demo import make_first
        from open_data.use_cases.dumps import standing

        datasets.register(ORGANISATIONS, OFFERS, UNITS, STATUSES, MARKS, POSTINGS, EVENTS, TERRITORY, DICTIONARIES)
        # The last of all seeds: the files hold what the others have invented.
        demo.provide(make_first)
        alarms.watch(lambda: standing(now=timezone.now()))
        errors.speak("/api/", problems.answer)
        # An entry that is written anew is gone for a moment, which is no change.
        [(model, settled)] = pgtrigger.registered("open_data.Touch:settled")
        wait_for_the_end(settled.get_pgid(model))
