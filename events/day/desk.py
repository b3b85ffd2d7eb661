"""What the day of an event gives to the panel of those who run events: today's lists. How many are unsettled stands
there already, by events.admin.waiting."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Action, may
from accounts.workspace import Waiting
from events.choices import EventState
from events.models import Event

# More events of one day than this are on the desk.
MOST = 10


def desk(user, now):
    if not may(user, Action.RUN_EVENTS):
        return [], []
    return _today(now), []


def _today(now):
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    events = Event.objects.filter(state__in=EventState.coming()).between(start, start + timedelta(days=1))
    return [
        Waiting(f"Dzisiaj: {event.title}. Odprawa", reverse("events:check_in", args=[event.slug]))
        for event in events.order_by("starts_at", "pk")[:MOST]
    ]
