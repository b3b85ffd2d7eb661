"""What a person is told when something happens to their sign-up: one letter for one step."""

from django.conf import settings
from django.urls import reverse

from core import links
from events.choices import RegistrationState as State
from notifications.outbox import enqueue

# The purpose of links to one's own sign-up (core.links).
REGISTRATION = "registration"

_BY_STEP = {"lapse": "lapsed", "reject": "rejected", "resign": "resigned"}
_BY_STATE = {
    State.RECEIVED: "received",
    State.AWAITING_DOCUMENTS: "awaiting_documents",
    State.CONFIRMED: "confirmed",
    State.RESERVE: "reserve",
    State.OFFERED: "your_turn",
}


def tell(step, *, now):
    """The letter of a RegistrationStep, if it has one and the person has an address."""
    registration = step.registration
    letter = _BY_STEP.get(step.name) or _BY_STATE.get(step.target)
    if not letter or not registration.email or step.name == "unmark":
        return
    enqueue(
        to=registration.email,
        user=registration.participant.user if registration.participant_id else None,
        template=f"events/email/signup_{letter}",
        context={
            "registration": registration,
            "event": registration.event,
            "note": step.note,
            "link": own_address(registration),
        },
        dedupe_key=f"events-registration-step:{step.pk}",
        now=now,
    )


def own_address(registration):
    """Where a person sees, confirms and gives back a place without a password."""
    token = links.token(REGISTRATION, registration)
    return settings.SITE_URL + reverse("events:own_registration", args=[token])
