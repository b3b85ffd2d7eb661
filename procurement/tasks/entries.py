from celery import shared_task
from django.utils import timezone

from core.changes import forget_old
from procurement.models import EntryChange
from procurement.use_cases import entries
from procurement.use_cases.entries.counting import compact


@shared_task
def rebuild_entries(**_):
    """Every week: names of institutions and of places may have changed since an entry was written."""
    entries.rebuild(now=timezone.now())


@shared_task
def forget_entry_changes(**_):
    """Every hour: the notes of changes, and the single counts that they left."""
    forget_old(EntryChange)
    compact()
