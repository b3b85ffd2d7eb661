from celery import shared_task
from django.utils import timezone

from quality_mark.use_cases import nightly


@shared_task
def turn_marks(**_):
    """At midnight in Warsaw, and again later for whoever was down: ends, renewals that open, reminders."""
    nightly.turn_marks(now=timezone.now())
