from celery import shared_task
from django.utils import timezone

from registry.use_cases import catalogue, nightly, pictures


@shared_task
def turn_the_page(**_):
    """Every night: statuses, marks and confirmations that ended or began."""
    nightly.turn_the_page(now=timezone.now())


@shared_task
def sweep_pictures(**_):
    """Every night: files of pictures that never came to be or are gone."""
    pictures.sweep(now=timezone.now())


@shared_task
def rebuild_catalogue(**_):
    """Every week: all entries anew, which also forgets words that stand nowhere any more."""
    catalogue.rebuild(now=timezone.now())
    catalogue.settle()
