"""What a person is told when something happens to their sign-up: one letter for one step."""

from django.conf import settings
from django.urls import reverse

from core import links
from events.calendar.ical import invitation
from events.choices import EventState
from events.choices import RegistrationState as State
from notifications.models import OutgoingEmail
from notifications.outbox import Attachment, enqueue

# The purpose of links to one's own sign-up (core.links).
REGISTRATION = "registration"
_KEY = "events-registration-"

_BY_STEP = {"lapse": "lapsed", "reject": "rejected", "resign": "resigned"}
_BY_STATE = {
    State.RECEIVED: "received",
    State.AWAITING_DOCUMENTS: "awaiting_documents",
    State.CONFIRMED: "confirmed",
    State.RESERVE: "reserve",
    State.OFFERED: "your_turn",
}


def tell(step, *, now):
    """The letter of a RegistrationStep just written, if it has one and the person has an address."""
    name = _BY_STEP.get(step.name) or _BY_STATE.get(step.target)
    if name:
        write(step.registration, name, key=f"step:{step.pk}", note=step.note, is_key_new=True, now=now)


def write(registration, name, *, key, now, note="", is_key_new=False):
    """One letter events/email/signup_<name> about a sign-up, once for each `key`; None without an address."""
    if not registration.email:
        return None
    event = registration.event
    has_entry = name == "confirmed" or name in ("changed", "cancelled") and registration.has_place
    return enqueue(
        to=registration.email,
        user=registration.participant.user if registration.participant_id else None,
        template=f"events/email/signup_{name}",
        context={
            "registration": registration,
            "event": event,
            "note": note,
            "link": own_address(registration),
            "is_sure": registration.state in (State.CONFIRMED, State.PRESENT),
            "certificate": _certificate(registration) if name == "thanks" else "",
        },
        dedupe_key=f"{_KEY}{key}",
        attachment=_calendar_file(registration) if has_entry else None,
        is_key_new=is_key_new,
        now=now,
    )


def _certificate(registration):
    found = getattr(registration, "certificate", None)
    return found.number if found else ""


def written(keys):
    """Of {pk: key as write() takes it} the pks whose letter is there already."""
    full = {f"{_KEY}{key}": pk for pk, key in keys.items()}
    found = OutgoingEmail.objects.filter(dedupe_key__in=full).values_list("dedupe_key", flat=True)
    return {full[key] for key in found}


def own_address(registration):
    """Where a person sees, confirms and gives back a place without a password."""
    token = links.token(REGISTRATION, registration)
    return settings.SITE_URL + reverse("events:own_registration", args=[token])


def _calendar_file(registration):
    """The event for a calendar; with the on-line link for those who have a place for sure."""
    method = "CANCEL" if registration.event.state == EventState.CANCELLED else "PUBLISH"
    content_type = f"text/calendar; charset=utf-8; method={method}"
    return Attachment("wydarzenie.ics", content_type, invitation(registration).decode())
