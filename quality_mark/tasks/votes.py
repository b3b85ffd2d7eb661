from celery import shared_task
from django.utils import timezone

from quality_mark.use_cases import votes


@shared_task
def close_vote_windows(**_):
    """Every minute: remote votes whose window is over."""
    votes.close_windows(now=timezone.now())
