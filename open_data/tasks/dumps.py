from celery import shared_task
from django.utils import timezone

from open_data.use_cases import dumps


@shared_task
def make_dumps(**_):
    """Every night, after statuses and marks have turned: the files of the day. Repeated, it does nothing."""
    now = timezone.now()
    dumps.make(now=now)
    dumps.thin(now=now)
