from celery import shared_task
from django.utils import timezone

from core.changes import forget_old
from procurement.models import EntryChange
from procurement.outlets import counting
from procurement.use_cases import entries
from procurement.use_cases.entries import following
from procurement.use_cases.entries.counting import compact


@shared_task
def rebuild_entries(**_):
    """Every week: names of places and of modes may have changed since an entry was written."""
    entries.rebuild(now=timezone.now())


@shared_task
def follow_names(**_):
    """Every minute: entries of institutions and units that got another name, part by part."""
    while following.follow_names(now=timezone.now()):
        pass


@shared_task
def count_ahead(**_):
    """Every minute: what would let a visitor wait."""
    counting.count_ahead(timezone.now())


@shared_task
def forget_entry_changes(**_):
    """Every hour: the notes of changes, and the single counts that they left."""
    forget_old(EntryChange)
    compact()
