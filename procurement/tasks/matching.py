from celery import shared_task
from django.utils import timezone

from procurement.use_cases.matching import alerts


@shared_task
def match_announced(**_):
    """After each announcement, and every few minutes for what the queue lost: all that waits, part by part."""
    while alerts.match_announced(now=timezone.now()):
        pass


@shared_task
def match_changed(**_):
    """Once a night: orders that are still open, for organisations that have changed what they offer."""
    alerts.match_changed(now=timezone.now())
