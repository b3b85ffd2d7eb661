from celery import shared_task
from django.utils import timezone

from registry.use_cases import catalogue, nightly


@shared_task
def turn_the_page(**_):
    """Every night: statuses, marks and confirmations that ended or began."""
    nightly.turn_the_page(now=timezone.now())


@shared_task
def rebuild_catalogue(**_):
    """Every week: all entries anew, which also forgets words that stand nowhere any more."""
    catalogue.rebuild(now=timezone.now())
    catalogue.settle()
