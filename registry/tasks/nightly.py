from celery import shared_task
from django.utils import timezone

from registry.use_cases import catalogue, nightly, status_reports, unit_terms


@shared_task
def turn_the_page(**_):
    """Every night: statuses, marks and confirmations that ended or began."""
    nightly.turn_the_page(now=timezone.now())


@shared_task
def draw_up_status_reports(**_):
    """Every night: last year's reports that social enterprises owe."""
    status_reports.draw_up(now=timezone.now())


@shared_task
def remind_of_terms(**_):
    """Every morning: reports that are owed soon, units whose status ends soon."""
    status_reports.remind(now=timezone.now())
    unit_terms.remind(now=timezone.now())


@shared_task
def rebuild_catalogue(**_):
    """Every week: all entries anew, which also forgets words that stand nowhere any more."""
    catalogue.rebuild(now=timezone.now())
    catalogue.settle()
