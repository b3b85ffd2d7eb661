"""What a person says of how they come, changed later."""

import hashlib
import json

from django.db import transaction

from core.exceptions import Refused
from events.choices import EventState
from events.choices import RegistrationState as State
from events.models import Registration

CHANGEABLE = ("answers", "needs", "diet", "joins_online")


@transaction.atomic
def change_wishes(*, registration_id, seen, now, **wishes):
    """Write new `answers`, `needs`, `diet`, `joins_online` (those that are given).

    `seen` is fingerprint() of what the person had before their eyes. Refused: changed meanwhile in another window, the
    event has begun, the sign-up has ended. What is written already may be sent twice.
    """
    registration = (
        Registration.objects.select_for_update(of=("self",), no_key=True)
        .select_related("event")
        .get(pk=registration_id)
    )
    if not may_change(registration, now):
        raise Refused("Tego zapisu nie można już zmienić.")
    if all(getattr(registration, name) == value for name, value in wishes.items()):
        return registration
    if fingerprint(registration) != seen:
        raise Refused(
            "Ktoś zmienił te odpowiedzi w innym oknie. Sprawdź, co jest teraz zapisane, i zapisz jeszcze raz."
        )
    for name, value in wishes.items():
        setattr(registration, name, value)
    registration.save(update_fields=list(wishes))
    return registration


def may_change(registration, now):
    is_coming = registration.event.state in EventState.coming() and registration.event.starts_at > now
    return (
        is_coming and registration.state in State.active() and registration.state not in (State.PRESENT, State.ABSENT)
    )


def fingerprint(registration):
    """Of what can be changed: two that differ were written by different hands."""
    values = {name: getattr(registration, name) for name in CHANGEABLE}
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
