"""The link to one's own place, once more."""

from datetime import timedelta

from django.db import transaction

from core.exceptions import Refused
from events.models import Registration
from events.use_cases.signups.telling import own_address
from notifications.outbox import enqueue

# Pressed twice is sent once.
APART = timedelta(minutes=2)


@transaction.atomic
def send_link_again(*, registration_id, now):
    """A letter with the link of a sign-up to its address. Refused: no address."""
    registration = Registration.objects.select_related("event", "participant__user").get(pk=registration_id)
    if not registration.email:
        raise Refused("Ta osoba nie ma adresu e-mail. Zadzwoń do niej.")
    window = int(now.timestamp() // APART.total_seconds())
    return enqueue(
        to=registration.email,
        user=registration.participant.user if registration.participant_id else None,
        template="events/email/signup_link",
        context={"registration": registration, "event": registration.event, "link": own_address(registration)},
        dedupe_key=f"events-link-again:{registration.pk}:{window}",
        now=now,
    )
