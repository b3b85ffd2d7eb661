"""Everybody who has a place or a turn is told when an event changes or is called off: one letter for each step.

Letters are written in batches, each with the event held for a moment only; what a killed process left is written by
the next call.
"""

from celery import current_app
from django.db import transaction

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
CALLED_OFF = "Wydarzenie odwołane."


def announce(*, event_id, step_id, words="", is_cancelled=False, now):
    """Tell everybody of a step just taken: at once when they are few, else by a task after the commit, so that an
    event of hundreds is not held for a second while others press. Returns how many are told.

    What the queue loses is found by half_told().
    """
    many = len(untold(event_id=event_id, step_id=step_id))
    if many <= MANY:
        if is_cancelled:
            return tell_cancelled(event_id=event_id, step_id=step_id, now=now)
        return tell_changed(event_id=event_id, words=words, step_id=step_id, now=now)
    given = {"event_id": event_id, "step_id": step_id, "words": words, "is_cancelled": is_cancelled}
    # Not a partial: Django asks for its name when it fails.
    transaction.on_commit(lambda: current_app.signature(TASK, kwargs=given).delay(), robust=True)
    return many


def tell_changed(*, event_id, words, step_id, now):
    """`words` say what changed: the day, the place, the on-line link. Returns how many letters were written.

    Safe to repeat: `step_id` (EventStep) makes the key. Call it after the change is committed, or through
    events.tasks.signups.tell_step, which does not keep the coordinator waiting.
    """
    return _tell("changed", event_id, step_id, words, now)


def tell_cancelled(*, event_id, step_id, now):
    """As tell_changed(), with the reason of the event; then places that waited for something stop waiting, quietly."""
    count = _tell("cancelled", event_id, step_id, "", now)
    _end_waiting(event_id, now)
    return count


def _tell(name, event_id, step_id, words, now):
    ids, count = untold(event_id=event_id, step_id=step_id), 0
    for start in range(0, len(ids), BATCH):
        count += _tell_batch(name, event_id, step_id, ids[start : start + BATCH], words, now)
    return count


def untold(*, event_id, step_id):
    """Ids of the sign-ups that this step concerns and whose letter has not been written."""
    step = EventStep.objects.get(pk=step_id)
    concerned = Registration.objects.filter(event=event_id, registered_at__lte=step.made_at)
    ids = concerned.concerned_since(step.made_at).exclude(email="").order_by("pk").values_list("pk", flat=True)
    keys = {pk: f"told:{step_id}:{pk}" for pk in ids}
    return sorted(set(keys) - written(keys))


@transaction.atomic
def _tell_batch(name, event_id, step_id, ids, words, now):
    """Returns how many letters; none when the event is in another state by now, or was moved once more: no letter
    says what is not so."""
    event = locked(event_id)
    later = EventStep.objects.filter(event=event_id, pk__gt=step_id, name__in=("move", "cancel"))
    if (event.state == EventState.CANCELLED) != (name == "cancelled") or later.exists():
        return 0
    rows = Registration.objects.filter(pk__in=ids).select_related("participant__user", "enrolment").order_by("pk")
    for registration in rows:
        registration.event = event
        # The entry in this person's calendar is a newer one (RFC 5545 §3.8.7.4).
        registration.sequence += 1
        registration.save(update_fields=["sequence"])
        write(registration, name, key=f"told:{step_id}:{registration.pk}", note=words, now=now)
    return len(rows)


@transaction.atomic
def _end_waiting(event_id, now):
    event = locked(event_id)
    if event.state != EventState.CANCELLED:
        return
    for registration in Registration.objects.filter(event=event, state__in=State.waiting()).order_by("pk"):
        registration.event = event
        advance(registration, "lapse", kind=TIME, note=CALLED_OFF, now=now, quietly=True)


def half_told(*, since):
    """Steps (id, event id, name, note) that ended, moved or changed an event after `since` and left people untold."""
    steps = EventStep.objects.filter(name__in=("move", "cancel", "change"), made_at__gte=since).order_by("pk")
    rows = list(steps.values_list("pk", "event", "name", "note"))
    latest = {event: pk for pk, event, _, _ in rows}
    return [row for row in rows if latest[row[1]] == row[0] and untold(event_id=row[1], step_id=row[0])]
