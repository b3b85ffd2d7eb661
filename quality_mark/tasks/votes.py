from celery import shared_task
from django.utils import timezone

from quality_mark.use_cases import telling_members, votes


@shared_task
def close_vote_windows(**_):
    """Every minute: remote votes whose window is over."""
    votes.close_windows(now=timezone.now())


@shared_task
def remind_of_votes(**_):
    """Every quarter of an hour: members who have not voted shortly before a remote vote closes."""
    telling_members.remind_of_votes(now=timezone.now())
