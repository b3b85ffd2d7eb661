"""Telling suppliers of what they could deliver."""

from celery import current_app
from django.db import transaction

from procurement.models import Announcement

# By its name, because rules know no tasks.
TASK = "procurement.tasks.matching.match_announced"


def announced(posting_ids, *, now):
    """These postings are public from now on, or say something new: whoever follows such orders is told.

    Kept in the caller's transaction; a worker looks for whom they fit after the commit. What the queue loses is found
    by the same task some minutes later. An organisation hears of a posting once, however often it is announced.
    """
    Announcement.objects.bulk_create(
        [Announcement(posting_id=pk, announced_at=now) for pk in dict.fromkeys(posting_ids)], batch_size=1_000
    )
    # Not a partial: Django asks for its name when it fails.
    transaction.on_commit(lambda: current_app.signature(TASK).delay(), robust=True)
