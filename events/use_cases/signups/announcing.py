"""Letters to all who hold a place or wait for one, when an event is changed or called off."""

from events.models import Event
from events.use_cases.signups.telling import own_address
from notifications.outbox import enqueue


def tell_changed(*, event_id, words, step_id, now):
    """One letter to each person with a place or in line; `words` say what is new. Returns how many letters."""
    return _tell("changed", event_id, step_id, words, now)


def tell_cancelled(*, event_id, step_id, now):
    """One letter to each person with a place or in line; the reason stands in the event. Returns how many letters."""
    return _tell("cancelled", event_id, step_id, "", now)


def _tell(name, event_id, step_id, words, now):
    event = Event.objects.get(pk=event_id)
    people = event.registrations.active().exclude(email="").select_related("participant__user").order_by("pk")
    count = 0
    for registration in people:
        registration.event = event
        enqueue(
            to=registration.email,
            user=registration.participant.user if registration.participant_id else None,
            template=f"events/email/event_{name}",
            context={"registration": registration, "event": event, "note": words, "link": own_address(registration)},
            dedupe_key=f"events-event-step:{step_id}:{registration.pk}",
            now=now,
        )
        count += 1
    return count
