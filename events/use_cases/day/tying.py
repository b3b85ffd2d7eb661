"""Somebody who came to an event of a project and is on no roster: put on one afterwards, so that they count."""

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from events.models import Delegation
from events.use_cases.day.seating import locked_registration
from events.use_cases.signups.newcomers import add_to_roster
from events.use_cases.signups.places import record


@transaction.atomic
def tie_to_roster(*, registration_id, delegation_id, actor, now):
    """The sign-up becomes that of a person of a roster; returns the Registration. Twice does no harm.

    Refused: a sign-up that is tied to somebody already, somebody who is on no roster now or signed up besides, an
    event that is settled.
    """
    event, registration = locked_registration(registration_id)
    rows = Delegation.objects.on(timezone.localdate(now)).select_related("participant", "enrolment")
    line = rows.filter(pk=delegation_id, enrolment__edition=event.edition_id, participant__erased_at=None).first()
    if line is None:
        raise Refused("Tej osoby nie ma teraz na liście instytucji.")
    return _tie(event, registration, line, actor, now)


@transaction.atomic
def add_and_tie(*, registration_id, enrolment_id, actor, now):
    """The person of the sign-up is put on the roster of an institution, from the day of the event on, and tied to it.
    Their papers are still missing. Refused as tie_to_roster(), and where the institution takes no part any more."""
    event, registration = locked_registration(registration_id)
    _refuse_tied(event, registration)
    line = add_to_roster(
        enrolment_id=enrolment_id,
        first_name=registration.first_name,
        last_name=registration.last_name,
        email=registration.email,
        phone=registration.phone,
        since=min(timezone.localdate(event.starts_at), timezone.localdate(now)),
        now=now,
    )
    if line.enrolment.edition_id != event.edition_id:
        raise Refused("Tej instytucji nie ma w projekcie.", field="enrolment")
    return _tie(event, registration, line, actor, now)


def _tie(event, registration, line, actor, now):
    if registration.participant_id == line.participant_id and registration.enrolment_id == line.enrolment_id:
        return registration
    _refuse_tied(event, registration)
    if event.registrations.active().filter(participant=line.participant_id).exists():
        raise Refused("Ta osoba ma już na tym wydarzeniu zapis z listy instytucji. Zaznacz obecność w tamtym zapisie.")
    person, typed = line.participant, f"{registration.full_name}, {registration.institution_name}".rstrip(", ")
    registration.participant, registration.enrolment = person, line.enrolment
    registration.first_name, registration.last_name = person.first_name, person.last_name
    registration.email = registration.email or person.email
    registration.phone = registration.phone or person.phone
    registration.institution_name = line.enrolment.name
    registration.save(
        update_fields=["participant", "enrolment", "first_name", "last_name", "email", "phone", "institution_name"]
    )
    record(registration, "tie", source=registration.state, actor=actor, now=now, note=f"Wpisano jako: {typed}")
    return registration


def _refuse_tied(event, registration):
    if event.edition_id is None:
        raise Refused("To wydarzenie nie należy do projektu.")
    if registration.participant_id or not registration.has_place:
        raise Refused("Ten zapis nie czeka na powiązanie z osobą z listy instytucji.")
