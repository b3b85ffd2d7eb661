"""After the event: it took place, its attendance is whole, it is settled."""

import logging
from datetime import timedelta

from django.db import transaction

from core.exceptions import Refused
from events.choices import EventState, RegistrationState
from events.day.words import day_label
from events.models import Event, EventStep
from events.use_cases.day.attendance import close_attendance
from events.use_cases.day.days import day_words, finished_days
from events.use_cases.day.seating import lock_event
from events.workflow import STAFF, TIME, events

logger = logging.getLogger(__name__)

# After this nobody undecided may be left.
UNDECIDED = (*RegistrationState.waiting(), RegistrationState.CONFIRMED)


@transaction.atomic
def hold_event(*, event_id, actor, now):
    """PUBLISHED or MOVED → HELD; whoever was expected and is not marked becomes absent. `actor` None: the clock.

    Refused before the last day begins; of the clock, before the last day is over. Returns the event.
    """
    event = lock_event(event_id, for_presence=False)
    step = events.resolve("hold", state=event.state, actor=STAFF if actor else TIME)
    last = event.days.order_by("starts_at").last()
    if last is None or now < (last.starts_at if actor else last.ends_at):
        raise Refused("Wydarzenie jeszcze trwa albo się nie zaczęło.")
    close_attendance(event_id=event.pk, actor=actor, now=now)
    return _take(event, step, actor, now)


def hold_past_events(*, now):
    """Everything announced that is over, each in a transaction of its own. Returns how many."""
    held = 0
    over = Event.objects.filter(state__in=EventState.coming(), ends_at__lte=now).order_by("ends_at", "pk")
    for event_id in over.values_list("pk", flat=True):
        try:
            hold_event(event_id=event_id, actor=None, now=now)
            held += 1
        except Refused as refusal:  # somebody moved it in the same moment
            logger.info("event %s is not held: %s", event_id, refusal)
    return held


def what_is_missing(event):
    """Sentences: why the event cannot be settled; empty when it can. Two queries."""
    finished = finished_days(event)
    missing = [
        f"Obecność nie jest zakończona: {day_label(day)}."
        for day in event.days.all()
        if day_words(day) not in finished
    ]
    undecided = event.registrations.filter(state__in=UNDECIDED).count()
    if undecided:
        missing.append(f"O tylu osobach nie wiadomo, czy były: {undecided}.")
    return missing


@transaction.atomic
def settle(*, event_id, actor, now):
    """HELD → SETTLED. Refused in words while attendance of a day is open or somebody is undecided."""
    event = lock_event(event_id, for_presence=False)
    step = events.resolve("settle", state=event.state, actor=STAFF)
    if missing := what_is_missing(event):
        raise Refused(" ".join(missing))
    event.settled_at = now
    return _take(event, step, actor, now)


@transaction.atomic
def reopen(*, event_id, note, actor, now):
    """SETTLED → HELD, with a written reason."""
    event = lock_event(event_id, for_presence=False)
    step = events.resolve("reopen", state=event.state, actor=STAFF)
    if not note.strip():
        raise Refused("Napisz, dlaczego rozliczenie trzeba cofnąć.", field="note")
    event.settled_at = None
    return _take(event, step, actor, now, note.strip())


def _take(event, step, actor, now, note=""):
    source, event.state, event.changed_at = event.state, step.target, now
    event.save(update_fields=["state", "changed_at", "settled_at"])
    EventStep.objects.create(
        event=event, name=step.name, source=source, target=step.target, note=note[:500], made_at=now, made_by=actor
    )
    return event


def data_deadline(end):
    """The day until which people may still give their data: four weeks after the end (rules of the programme)."""
    return end + timedelta(weeks=4)
