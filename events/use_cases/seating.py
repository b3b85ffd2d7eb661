"""What every verb of the day does to a sign-up: the event locked first, one step of the table, one line of history."""

from core.exceptions import Refused
from events.choices import EventState, RegistrationState
from events.models import Event, EventStep, Registration, RegistrationStep
from events.workflow import registrations

_SETTLED = "Wydarzenie jest rozliczone. Cofnij rozliczenie, żeby zmienić obecność."
_NOT_ON = "Tu nie zaznacza się obecności: wydarzenie jest szkicem albo zostało odwołane."


def lock_event(event_id, *, for_presence=True):
    """The event, held until the end of the transaction. Refused when nobody can be marked at it (any more)."""
    event = Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event_id)
    if for_presence:
        if event.state == EventState.SETTLED:
            raise Refused(_SETTLED)
        if event.state not in (*EventState.coming(), EventState.HELD):
            raise Refused(_NOT_ON)
    return event


def locked_registration(registration_id):
    """(event, registration), the event locked first and the sign-up read after it."""
    event_id = Registration.objects.values_list("event_id", flat=True).get(pk=registration_id)
    event = lock_event(event_id)
    return event, Registration.objects.select_for_update(of=("self",), no_key=True).get(pk=registration_id)


def take(registration, name, *, role, actor, now, note=""):
    """Take a step of events.workflow.registrations. Writes the row and its RegistrationStep."""
    step = registrations.resolve(name, state=registration.state, actor=role)
    source, registration.state = registration.state, step.target
    registration.hold_until = None
    if step.target in RegistrationState.ended():
        registration.ended_at = now
    if step.target == RegistrationState.CONFIRMED:
        registration.confirmed_at = registration.confirmed_at or now
    registration.save(update_fields=["state", "hold_until", "ended_at", "confirmed_at"])
    return record(registration, name, source, actor=actor, now=now, note=note)


def take_all(rows, name, *, role, actor, now, note=""):
    """take() for many sign-ups that do not end by it, in two statements."""
    steps = []
    for row in rows:
        source = row.state
        row.state = registrations.resolve(name, state=source, actor=role).target
        row.hold_until = None
        steps.append(
            RegistrationStep(
                registration=row, name=name, source=source, target=row.state, note=note, made_at=now, made_by=actor
            )
        )
    if steps:
        Registration.objects.filter(pk__in=[row.pk for row in rows]).update(state=rows[0].state, hold_until=None)
        RegistrationStep.objects.bulk_create(steps)


def record(registration, name, source, *, actor, now, note=""):
    return RegistrationStep.objects.create(
        registration=registration,
        name=name,
        source=source,
        target=registration.state,
        note=note[:500],
        made_at=now,
        made_by=actor,
    )


def give_place(event, *, reason, actor, now):
    """Make sure that one more place may be given: a full event grows by one when somebody says why.

    Refused without a reason. The event must be locked; whoever calls then gives the place.
    """
    if event.capacity is None or event.taken < event.capacity:
        return
    reason = reason.strip()
    if not reason:
        raise Refused(
            "Wszystkie miejsca są zajęte. Napisz, dlaczego dodajesz jedno: liczba miejsc wzrośnie o jeden.",
            field="reason",
        )
    event.capacity = event.taken + 1
    event.changed_at = now
    event.save(update_fields=["capacity", "changed_at"])
    EventStep.objects.create(
        event=event,
        name="raise_capacity",
        source=event.state,
        target=event.state,
        note=f"Miejsc: {event.capacity}. {reason}"[:500],
        made_at=now,
        made_by=actor,
    )
