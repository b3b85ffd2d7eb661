from celery import shared_task
from django.utils import timezone

from core.changes import forget_old
from procurement.models import EntryChange
from procurement.use_cases import entries


@shared_task
def rebuild_entries(**_):
    """Every week: names of institutions and of places may have changed since an entry was written."""
    entries.rebuild(now=timezone.now())


@shared_task
def forget_entry_changes(**_):
    forget_old(EntryChange)
