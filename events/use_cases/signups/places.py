"""Where places are given and given back. The row of the event is the queue: whoever writes here has locked it."""

from datetime import timedelta

from django.db import OperationalError
from psycopg.errors import LockNotAvailable

from core.exceptions import Refused
from events.choices import EventState
from events.choices import RegistrationState as State
from events.models import Event, Registration, RegistrationStep
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


def free_for_newcomers(event):
    """How many newcomers may have a place at once, None without a limit: none while somebody waits in line."""
    if event.capacity is None:
        return None
    if event.taken >= event.capacity or event.registrations.in_reserve().exists():
        return 0
    return event.capacity - event.taken


def advance(registration, name, *, kind, actor=None, note="", hold_until=None, now, quietly=False):
    """Take one step of events.workflow.registrations and tell the person. The event is locked by the caller.

    `kind` is who takes it: STAFF, PERSON or TIME. Refused when the table has no such step from here.
    """
    step = registrations.resolve(name, state=registration.state, actor=kind)
    source, registration.state = registration.state, step.target
    registration.hold_until = hold_until if step.target in State.waiting() else None
    registration.ended_at = now if step.target in State.ended() else None
    if step.target == State.CONFIRMED:
        registration.confirmed_at = registration.confirmed_at or now
    registration.sequence += 1
    registration.save(update_fields=["state", "hold_until", "ended_at", "confirmed_at", "sequence"])
    step = record(registration, name, source=source, note=note, actor=actor, now=now)
    if not quietly:
        tell(step, now=now)


def enter(*newcomers, actor=None, now, quietly=False):
    """Write new sign-ups, each with the place it has or in the line, in this order; the people are told."""
    Registration.objects.bulk_create(newcomers)
    steps = [_step(one, "sign_up", source="", note="", actor=actor, now=now) for one in newcomers]
    RegistrationStep.objects.bulk_create(steps)
    if not quietly:
        for step in steps:
            tell(step, now=now)


def pass_on(event, *, now):
    """Offer every free place to the next in line, in the order of arrival; an event that has begun or was called off
    offers none.

    Returns how many were offered; all who wait when there is no limit any more. `event` is locked; its `taken` is read
    anew, because a trigger has changed it.
    """
    if event.state not in EventState.coming() or event.starts_at is None or event.starts_at <= now:
        return 0
    event.refresh_from_db(fields=["taken", "capacity"])
    free = None if event.capacity is None else max(event.capacity - event.taken, 0)
    # An hour at least: an offer that is over as it is made would only take the turn away.
    until = min(now + timedelta(hours=max(event.offer_hours, 1)), event.starts_at)
    next_in_line = list(event.registrations.in_reserve().select_related("participant__user")[:free])
    for registration in next_in_line:
        advance(registration, "offer", kind=TIME, hold_until=until, now=now)
    return len(next_in_line)


def advance_all(rows, name, *, kind, actor=None, note="", now):
    """advance() of many sign-ups that do not end by it and of which nobody is told, in two statements."""
    steps = []
    for one in rows:
        source, one.state = one.state, registrations.resolve(name, state=one.state, actor=kind).target
        one.hold_until = None
        steps.append(_step(one, name, source=source, note=note, actor=actor, now=now))
    if steps:
        Registration.objects.filter(pk__in=[one.pk for one in rows]).update(state=rows[0].state, hold_until=None)
        RegistrationStep.objects.bulk_create(steps)


def record(registration, name, *, source, note="", actor=None, now):
    """A line of a sign-up's history, also of what leaves its state as it is; returns the RegistrationStep."""
    step = _step(registration, name, source=source, note=note, actor=actor, now=now)
    step.save()
    return step


def _step(registration, name, *, source, note, actor, now):
    given = {"name": name, "source": source, "target": registration.state, "note": note[:500]}
    return RegistrationStep(registration=registration, made_at=now, made_by=actor, **given)
