from celery import shared_task
from django.utils import timezone

from events.use_cases.day import settling


@shared_task
def hold_past_events(**_):
    """Every quarter of an hour: events that are over have taken place."""
    settling.hold_past_events(now=timezone.now())
