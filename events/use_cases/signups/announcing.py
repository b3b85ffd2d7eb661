"""Everybody who has a place or a turn is told when an event changes or is called off: one letter for each step.

Letters are written in batches, each with the event held for a moment only; what a killed process left is written by
the next call.
"""

from celery import current_app
from django.db import transaction
from django.db.models import Exists, OuterRef

from events.choices import EventState
from events.choices import RegistrationState as State
from events.models import EventStep, Registration
from events.use_cases.signups.places import advance, locked
from events.use_cases.signups.telling import write, written
from events.workflow import TIME

BATCH = 50
# So many letters are written while the event is held by whoever changes it, about 2 ms each; more of them after that.
MANY = 50
# By its name, because rules know no tasks.
TASK = "events.tasks.signups.tell_step"
# After one of these an earlier step is no longer how the event stands.
_TURNS = ("move", "cancel")
CALLED_OFF = "Wydarzenie odwołane."


def announce(step, *, now):
    """Tell everybody of an EventStep just taken (move, change, cancel), in its own words: at once when they are few,
    else by a task after the commit, so that an event of hundreds is not held for a second while others press. Returns
    how many are told.

    What the queue loses is found by half_told().
    """
    many = len(_untold(step))
    if many <= MANY:
        return tell(step_id=step.pk, now=now)
    # Not a partial: Django asks for its name when it fails.
    transaction.on_commit(lambda: current_app.signature(TASK, kwargs={"step_id": step.pk}).delay(), robust=True)
    return many


def tell(*, step_id, now):
    """Write the letters about a step of an event that are not written; returns how many. Safe to repeat.

    When the event was called off, places that waited for something then stop waiting, quietly.
    """
    step = EventStep.objects.get(pk=step_id)
    ids, count = _untold(step), 0
    for start in range(0, len(ids), BATCH):
        count += _tell_batch(step, ids[start : start + BATCH], now)
    if step.name == "cancel":
        _end_waiting(step.event_id, now)
    return count


def half_told(*, since):
    """Ids of the steps that called off, moved or changed an event after `since`, are still so and left people
    untold."""
    steps = EventStep.objects.filter(name__in=(*_TURNS, "change"), made_at__gte=since).order_by("pk")
    still_so = ~Exists(EventStep.objects.filter(event=OuterRef("event"), pk__gt=OuterRef("pk"), name__in=_TURNS))
    steps = steps.filter(still_so, event__state__in=[*EventState.coming(), EventState.CANCELLED])
    return [step.pk for step in steps if _untold(step)]


def _untold(step, **among):
    """Ids of the sign-ups that this step concerns and whose letter has not been written."""
    ids = _concerned(step).filter(**among).exclude(email="").order_by("pk").values_list("pk", flat=True)
    keys = {pk: _key(step, pk) for pk in ids}
    return sorted(set(keys) - written(keys))


def _concerned(step):
    """A change is nothing any more to somebody who has given the place back since; that there is no event, is."""
    rows = Registration.objects.filter(event=step.event_id, registered_at__lte=step.made_at)
    return rows.concerned_since(step.made_at) if step.name == "cancel" else rows.active()


def _key(step, pk):
    return f"told:{step.pk}:{pk}"


@transaction.atomic
def _tell_batch(step, ids, now):
    """Returns how many letters; none when the event is in another state by now, or was moved once more: no letter
    says what is not so. Who is concerned is looked at anew: time has passed since the batch before."""
    event, is_off = locked(step.event_id), step.name == "cancel"
    states = [EventState.CANCELLED] if is_off else EventState.coming()
    later = EventStep.objects.filter(event=event, pk__gt=step.pk, name__in=_TURNS)
    if event.state not in states or later.exists():
        return 0
    name, note = ("cancelled", "") if is_off else ("changed", step.note)
    rows = Registration.objects.filter(pk__in=_untold(step, pk__in=ids)).order_by("pk")
    for registration in rows.select_related("participant__user", "enrolment"):
        registration.event = event
        # The entry in this person's calendar is a newer one (RFC 5545 §3.8.7.4).
        registration.sequence += 1
        registration.save(update_fields=["sequence"])
        write(registration, name, key=_key(step, registration.pk), note=note, now=now)
    return len(rows)


@transaction.atomic
def _end_waiting(event_id, now):
    event = locked(event_id)
    if event.state != EventState.CANCELLED:
        return
    for registration in Registration.objects.filter(event=event, state__in=State.waiting()).order_by("pk"):
        registration.event = event
        advance(registration, "lapse", kind=TIME, note=CALLED_OFF, now=now, quietly=True)
