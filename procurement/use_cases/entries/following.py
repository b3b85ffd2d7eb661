"""Entries follow the names of those who buy (procurement.models.outdated)."""

from django.db import transaction

from procurement.models import OutdatedEntry
from procurement.use_cases import entries

PART = 1_000


@transaction.atomic
def follow_names(*, now):
    """Write one part of the entries that wait anew. Returns how many waited; safe to call at any time."""
    waiting = OutdatedEntry.objects.select_for_update(skip_locked=True).order_by("pk")[:PART]
    found = dict(waiting.values_list("pk", "posting_id"))
    if found:
        entries.refresh(found.values(), now=now)
        OutdatedEntry.objects.filter(pk__in=found).delete()
    return len(found)
