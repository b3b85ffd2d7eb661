"""Telephone calls of coordinators."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from registry.choices import Activity, CallOutcome, Channel, Verifier
from registry.models import CallAttempt
from registry.use_cases import catalogue
from registry.use_cases.confirming.recording import end_open
from registry.use_cases.organisations import locked, verify

# The same person with the same outcome within this time has pressed twice.
TWICE = timedelta(minutes=1)


@transaction.atomic
def note_call(*, organisation_id, outcome, words="", actor, now):
    """Keep one try; returns it. "Potwierdzono" confirms the card, "nie działa" calls it out of use at once."""
    if outcome not in CallOutcome:
        raise Refused("Wybierz, jak skończyła się rozmowa.", field="outcome")
    card = locked(organisation_id)
    same = {"organisation": card, "user": actor, "outcome": outcome, "words": words.strip()[:500]}
    if before := CallAttempt.objects.filter(**same, made_at__gt=now - TWICE).first():
        return before
    attempt = CallAttempt.objects.create(**same, made_at=now)
    if outcome == CallOutcome.CONFIRMED:
        verify(organisation_id=card.pk, verifier=Verifier.COORDINATOR, channel=Channel.CALL, by=actor, now=now)
    elif outcome == CallOutcome.CLOSED:
        end_open(card.pk, timezone.localdate(now))
        if card.activity != Activity.INACTIVE:
            card.activity = Activity.INACTIVE
            card.save(update_fields=["activity", "updated_at"])
            catalogue.refresh([card.pk], now=now)
    return attempt
