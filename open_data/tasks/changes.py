from celery import shared_task
from django.utils import timezone

from open_data.use_cases import changes


@shared_task
def look_again(**_):
    """Every night, after the catalogue was brought to the new day."""
    changes.look_again(now=timezone.now())


@shared_task
def forget_changes(**_):
    """Every night: lines of what was withdrawn long ago."""
    changes.forget(now=timezone.now())
