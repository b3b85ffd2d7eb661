"""Asking people for what is missing before they may be counted."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core import links
from events.letters.day import MISSING_DATA
from events.models import Participant
from notifications import outbox


def address_of(participant):
    """Where the person gives what is missing, without an account."""
    return f"{settings.SITE_URL}/udzial/{links.token('participant', participant)}/"


@transaction.atomic
def remind_of_missing_data(*, missing, deadline, now):
    """A letter to each person, {participant id: what is missing in words}; at most one a day to one person.

    Returns those who get it now, as Participants; who has no e-mail address is left out. The letter names what is
    missing, never what was given.
    """
    told = []
    for participant in Participant.objects.filter(pk__in=missing).exclude(email="").defer(
        "pesel", "sensitive_answers"
    ).select_related("edition").order_by("pk"):  # fmt: skip
        letter = outbox.enqueue(
            to=participant.email,
            template=MISSING_DATA,
            context={
                "name": participant.first_name,
                "edition": participant.edition.name,
                "missing": list(missing[participant.pk]),
                "deadline": deadline,
                "link": address_of(participant),
            },
            dedupe_key=f"{MISSING_DATA}:{participant.pk}:{timezone.localdate(now)}",
            now=now,
        )
        if letter.created_at == now:  # else it is the one of an earlier press
            told.append(participant)
    return told
