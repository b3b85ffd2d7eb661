"""What is forgotten of saved searches, at night and when a person asks."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from notifications.choices import SearchState
from notifications.models import SavedSearch

BATCH = 1_000


@transaction.atomic
def forget(*, now):
    """Delete what nobody confirmed, what was ended, and what has meant nothing for too long; returns how many.

    Of an account what has meant nothing ends first, so that its page says so for a while.
    """
    broken = now - timedelta(days=settings.SEARCHES_BROKEN_KEPT_DAYS)
    worn = SavedSearch.objects.active().filter(broken_since__lt=broken)
    worn.update(state=SearchState.ENDED, ended_at=now)
    over = Q(state=SearchState.WAITING, created_at__lt=now - timedelta(days=settings.SEARCHES_WAITING_KEPT_DAYS)) | Q(
        state=SearchState.ENDED, ended_at__lt=now - timedelta(days=settings.SEARCHES_ENDED_KEPT_DAYS)
    )
    ids = list(SavedSearch.objects.filter(over).order_by("pk").values_list("pk", flat=True)[:BATCH])
    SavedSearch.objects.filter(pk__in=ids).delete()
    return len(ids)


def held_on(user):
    """What is held on a person, by the account and by its address."""
    rows = SavedSearch.objects.filter(user=user) | SavedSearch.objects.filter(user=None, email__iexact=user.email)
    return [
        {
            "wyszukiwanie": row.title,
            "filtry": row.query,
            "jak często": row.get_frequency_display(),
            "stan": row.get_state_display(),
            "zapisano": row.created_at,
        }
        for row in rows.order_by("pk")
    ]


def erase(user, now):
    """Of an account and of its address."""
    SavedSearch.objects.filter(Q(user=user) | Q(user=None, email__iexact=user.email)).delete()
