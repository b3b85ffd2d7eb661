"""The last part of an event's address, from its title and day."""

from django.utils import timezone

from core.slugs import free_slug as free
from events.models import Event


def free_slug(title, starts_at=None):
    """`spotkanie-sieciujace-2026-12-03`, or with the first free number behind it."""
    tail = f"-{timezone.localdate(starts_at)}" if starts_at else ""
    return free(Event.objects, title, nothing="wydarzenie", tail=tail)
