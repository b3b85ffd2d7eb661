"""What the day of an event gives to the panel of those who run events: today's lists, and what is unsettled."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Action, may
from accounts.workspace import Waiting
from events.choices import EventState
from events.models import Event

# Of what waits for being settled, the oldest; the rest stands behind them.
MOST = 10


def desk(user, now):
    if not may(user, Action.RUN_EVENTS):
        return [], []
    return [*_today(now), *_unsettled()], []


def _today(now):
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    events = Event.objects.filter(state__in=EventState.coming()).between(start, start + timedelta(days=1))
    return [
        Waiting(f"Dzisiaj: {event.title}. Odprawa", reverse("events:check_in", args=[event.slug]))
        for event in events.order_by("starts_at", "pk")[:MOST]
    ]


def _unsettled():
    events = Event.objects.filter(state=EventState.HELD).order_by("ends_at", "pk")
    return [
        Waiting(f"Do rozliczenia: {event.title}", reverse("events:settling", args=[event.slug]))
        for event in events[:MOST]
    ]
