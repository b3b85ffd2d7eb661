"""Reminders seven days and one day before, and thanks after: by the Polish calendar, once each."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events.choices import EventState
from events.choices import RegistrationState as State
from events.models import Event, Registration
from events.use_cases.signups.places import locked
from events.use_cases.signups.telling import write, written

DAYS = (7, 1)
# Nobody is woken: from nine in the morning to eight in the evening by the Polish clock.
HOURS = range(9, 20)
THANKS_FOR_DAYS = 14
BATCH = 50
REMINDED = (State.CONFIRMED, State.AWAITING_DOCUMENTS)


def remind(*, now):
    """Write the reminders of today that are not written. Safe to repeat; returns how many.

    The key holds the day, so an event that was moved is reminded of anew, and one that was called off is not.
    """
    today, count = timezone.localdate(now), 0
    if timezone.localtime(now).hour not in HOURS:
        return 0
    for days in DAYS:
        start, end = day_bounds(today + timedelta(days=days))
        events = Event.objects.filter(state__in=EventState.coming(), starts_at__gte=start, starts_at__lt=end)
        for event_id in events.order_by("pk").values_list("pk", flat=True):
            # Whoever signs up today knows.
            rows = Registration.objects.filter(event=event_id, state__in=REMINDED)
            rows = rows.filter(Q(registered_at__lt=day_bounds(today)[0]))
            count += _write_in_batches(event_id, rows, "reminder", days=days, between=(start, end), now=now)
    return count


def thank(*, now):
    """Write thanks to those who were there, from the day after on. Safe to repeat."""
    if timezone.localtime(now).hour not in HOURS:
        return 0
    today = timezone.localdate(now)
    start, end = day_bounds(today - timedelta(days=THANKS_FOR_DAYS))[0], day_bounds(today)[0]
    held = Event.objects.filter(state__in=EventState.over(), ends_at__gte=start, ends_at__lt=end)
    return sum(
        _write_in_batches(
            event_id, Registration.objects.filter(event=event_id, state=State.PRESENT), "thanks", now=now
        )
        for event_id in held.order_by("pk").values_list("pk", flat=True)
    )


def day_bounds(day: date):
    """[midnight, next midnight) of a Polish day; it lasts 23 or 25 hours when clocks change."""
    zone = timezone.get_current_timezone()
    return datetime.combine(day, time.min, zone), datetime.combine(day + timedelta(days=1), time.min, zone)


def _write_in_batches(event_id, rows, name, *, now, days=0, between=None):
    """How many letters were missing."""
    start = Event.objects.values_list("starts_at", flat=True).get(pk=event_id)
    kind = f"{name}:{days}:{start:%Y%m%dT%H%MZ}" if between else name
    keys = {pk: f"{kind}:{pk}" for pk in rows.exclude(email="").order_by("pk").values_list("pk", flat=True)}
    ids = sorted(set(keys) - written(keys))
    for first in range(0, len(ids), BATCH):
        batch = {pk: keys[pk] for pk in ids[first : first + BATCH]}
        _write_batch(event_id, rows, batch, f"{name}_{days}" if days else name, start, between, now)
    return len(ids)


@transaction.atomic
def _write_batch(event_id, rows, keys, name, start, between, now):
    """The event is held meanwhile, and looked at again: nobody is reminded of what was called off a moment ago."""
    event = locked(event_id)
    if between and not (event.state in EventState.coming() and event.starts_at == start):
        return
    people = rows.filter(pk__in=keys).select_related("participant__user", "enrolment", "certificate").order_by("pk")
    for registration in people:
        registration.event = event
        write(registration, name, key=keys[registration.pk], now=now)
