"""What every verb of the day begins with: the event locked, then the sign-up; and a place at the door.

The steps themselves are those of events.use_cases.signups.places, of which nobody at the door is told by letter.
"""

from core.exceptions import Refused
from events.choices import EventState
from events.models import EventStep, Registration
from events.use_cases.signups.places import locked

_SETTLED = "Wydarzenie jest rozliczone. Cofnij rozliczenie, żeby zmienić obecność."
_NOT_ON = "Tu nie zaznacza się obecności: wydarzenie jest szkicem albo zostało odwołane."


def lock_event(event_id, *, for_presence=True):
    """The event, held until the end of the transaction. Refused when nobody can be marked at it (any more)."""
    event = locked(event_id)
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
