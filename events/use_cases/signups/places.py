"""Where places are given and given back. The row of the event is the queue: whoever writes here has locked it."""

from datetime import timedelta

from django.db import OperationalError
from psycopg.errors import LockNotAvailable

from core.exceptions import Refused
from events.choices import EventState
from events.choices import RegistrationState as State
from events.models import Event, RegistrationStep
from events.use_cases.signups.telling import tell
from events.workflow import TIME, registrations


def locked(event_id):
    """The event, with its places as they are now; until the transaction ends nobody else gives one.

    Refused when so many press at once that the turn does not come within the database's lock_timeout.
    """
    try:
        return Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event_id)
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        raise Refused("Bardzo dużo osób zapisuje się w tej chwili. Spróbuj za minutę: nic nie przepadło.") from error


def is_free(event):
    """Whether a newcomer may have a place: there is one, and nobody waits for it."""
    if event.capacity is None:
        return True
    return event.taken < event.capacity and not event.registrations.in_reserve().exists()


def advance(registration, name, *, kind, actor=None, note="", hold_until=None, now, quietly=False):
    """Take one step of events.workflow.registrations and tell the person. The event is locked by the caller.

    `kind` is who takes it: STAFF, PERSON or TIME. Refused when the table has no such step from here.
    """
    step = registrations.resolve(name, state=registration.state, actor=kind)
    source, registration.state = registration.state, step.target
    registration.hold_until = hold_until if step.target in State.waiting() else None
    registration.ended_at = now if step.target in State.ended() else None
    if step.target == State.CONFIRMED:
        registration.confirmed_at = now
    registration.sequence += 1
    registration.save(update_fields=["state", "hold_until", "ended_at", "confirmed_at", "sequence"])
    _note(registration, name, source=source, note=note, actor=actor, now=now, quietly=quietly)


def enter(registration, *, actor=None, now):
    """Write a new sign-up, with the place it has or in the line; the person is told."""
    registration.save(force_insert=True)
    _note(registration, "sign_up", source="", note="", actor=actor, now=now)


def pass_on(event, *, now):
    """Offer every free place to the next in line, in the order of arrival; an event that has begun or is called off
    offers none.

    Returns how many were offered. `event` is locked; its `taken` is read anew, because a trigger has changed it.
    """
    if event.capacity is None or event.state not in EventState.coming() or event.starts_at <= now:
        return 0
    event.refresh_from_db(fields=["taken", "capacity"])
    free = event.capacity - event.taken
    until = min(now + timedelta(hours=event.offer_hours), event.starts_at)
    next_in_line = list(event.registrations.in_reserve()[: max(free, 0)])
    for registration in next_in_line:
        advance(registration, "offer", kind=TIME, hold_until=until, now=now)
    return len(next_in_line)


def _note(registration, name, *, source, note, actor, now, quietly=False):
    step = RegistrationStep.objects.create(
        registration=registration,
        name=name,
        source=source,
        target=registration.state,
        note=note,
        made_at=now,
        made_by=actor,
    )
    if not quietly:
        tell(step, now=now)
