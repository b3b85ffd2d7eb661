"""The last part of an event's address, from its title and day."""

from django.utils import timezone
from django.utils.text import slugify

from core.polish import fold
from events.models import Event

LONGEST = 100


def free_slug(title, starts_at=None):
    """`spotkanie-sieciujace-2026-12-03`, or with the first free number behind it."""
    day = f"-{timezone.localdate(starts_at)}" if starts_at else ""
    base = (slugify(fold(title))[: LONGEST - len(day)].strip("-") or "wydarzenie") + day
    taken = set(Event.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
