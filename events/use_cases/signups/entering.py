"""Signing people up: one lock of the event, then each person's place or place in line."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from core.exceptions import Refused
from events.choices import Channel, EventState
from events.choices import RegistrationState as State
from events.completeness import is_complete
from events.models import Delegation, Participant, Registration
from events.use_cases.signups.places import enter, is_free, locked

# How long a place waits for the link in a letter to be opened by somebody who gave an address only.
PROOF_HOURS = 24
NO_PLACES = "Nie ma już wolnych miejsc."


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is to come. Of a roster: `participant` is an id, and names and addresses are read from there."""

    participant: int | None = None
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    phone: str = ""
    institution_name: str = ""
    joins_online: bool = False
    answers: dict = field(default_factory=dict)
    needs: str = ""
    diet: str = ""
    remarks: str = ""


@transaction.atomic
def sign_up(*, event_id, people, enrolment=None, channel=Channel.PORTAL, actor=None, needs_proof=False, now):
    """Sign `people` (a list of Person) up and return their Registrations in the same order.

    `enrolment` is the Enrolment that sends people of its roster. `needs_proof`: whoever asked gave no more than an
    address, so the place waits for the link in the letter. Somebody who is signed up already keeps what they have: a
    double click is no error. All or nothing: one refusal signs nobody up.
    Refused: no sign-ups here or now, outside the audience, too many of one institution, no place and no reserve.
    Coordinators who enter what came by phone, mail or list are held to places only.
    """
    event = locked(event_id)
    _refuse_closed(event, channel, now)
    wanted = [_registration(event, person, enrolment, channel, actor, now) for person in people]
    found = [_already(event, one) for one in wanted]
    fresh = sum(one is None for one in found)
    if channel == Channel.PORTAL:
        _refuse_outsiders(event, enrolment, wanted, now)
        _refuse_too_many(event, enrolment, fresh)
    return [already or _place(event, one, needs_proof, actor, now) for one, already in zip(wanted, found, strict=True)]


def _place(event, registration, needs_proof, actor, now):
    if is_free(event):
        registration.state, registration.hold_until = _state(event, registration, needs_proof, now)
        registration.confirmed_at = now if registration.state == State.CONFIRMED else None
        event.taken += 1
    elif event.has_reserve:
        registration.state = State.RESERVE
    else:
        raise Refused(NO_PLACES)
    enter(registration, actor=actor, now=now)
    return registration


def _state(event, registration, needs_proof, now):
    """What a place begins with, and until when it waits."""
    if needs_proof:
        return State.RECEIVED, min(now + timedelta(hours=PROOF_HOURS), event.ends_at)
    return place_of(event, registration, now)


def place_of(event, registration, now):
    """(state, hold_until) of a person who surely comes: confirmed, unless papers of the project are missing."""
    participant = registration.participant
    if participant is None or is_complete(participant, registration.enrolment, edition=event.edition):
        return State.CONFIRMED, None
    return State.AWAITING_DOCUMENTS, min(now + timedelta(days=event.documents_days), event.ends_at)


def _refuse_closed(event, channel, now):
    if event.state not in EventState.coming():
        raise Refused("Na to wydarzenie nie można się zapisać.")
    if event.ends_at <= now:
        raise Refused("To wydarzenie już się odbyło.")
    if channel != Channel.PORTAL:
        return
    if not event.takes_signups:
        raise Refused("Na to wydarzenie nie zapisujemy przez portal.")
    if event.signup_opens_at and now < event.signup_opens_at:
        raise Refused("Zapisy jeszcze się nie zaczęły.")
    if now >= (event.signup_closes_at or event.starts_at):
        raise Refused("Zapisy już się skończyły.")


def _registration(event, person, enrolment, channel, actor, now):
    participant = _participant(event, person)
    if participant is None and not (person.first_name.strip() and person.last_name.strip()):
        raise Refused("Podaj imię i nazwisko.", field="first_name")
    who = participant or person
    return Registration(
        event=event,
        participant=participant,
        enrolment=enrolment if participant else None,
        first_name=who.first_name.strip(),
        last_name=who.last_name.strip(),
        email=who.email.strip(),
        phone=who.phone,
        institution_name=enrolment.name if enrolment and participant else person.institution_name.strip(),
        joins_online=person.joins_online,
        answers=person.answers,
        needs=person.needs or (participant.special_needs if participant and event.asks_needs else ""),
        diet=person.diet or (participant.diet if participant and event.asks_diet else ""),
        remarks=person.remarks,
        channel=channel,
        registered_at=now,
        registered_by=actor,
    )


def _participant(event, person):
    if person.participant is None:
        return None
    found = Participant.objects.filter(pk=person.participant, edition=event.edition_id, erased_at=None).first()
    if found is None:
        raise Refused("Tej osoby nie ma na liście instytucji w tej edycji.")
    return found


def _already(event, wanted):
    """The active sign-up of the same person, if there is one."""
    active = Registration.objects.active().filter(event=event)
    if wanted.participant:
        return active.filter(participant=wanted.participant).first()
    if not wanted.email:
        return None
    return active.filter(
        Q(first_name__iexact=wanted.first_name, last_name__iexact=wanted.last_name),
        participant=None,
        email__iexact=wanted.email,
    ).first()


def _refuse_outsiders(event, enrolment, wanted, now):
    if event.is_open_to_all:
        return
    if enrolment is None or any(one.participant is None for one in wanted):
        raise Refused("To wydarzenie jest dla osób zgłoszonych przez instytucje.")
    if event.audience and enrolment.category not in event.audience:
        raise Refused("To wydarzenie jest dla instytucji z innej grupy.")
    roles = dict(
        Delegation.objects.on(now.date())
        .filter(enrolment=enrolment, participant__in=[one.participant_id for one in wanted])
        .values_list("participant_id", "role")
    )
    for one in wanted:
        if one.participant_id not in roles:
            raise Refused(f"{one.full_name}: tej osoby nie ma teraz na liście instytucji.")
        if event.audience_roles and roles[one.participant_id] not in event.audience_roles:
            raise Refused(f"{one.full_name}: to wydarzenie jest dla osób w innej roli.")


def _refuse_too_many(event, enrolment, fresh):
    if event.per_institution is None or enrolment is None:
        return
    already = Registration.objects.active().filter(event=event, enrolment=enrolment).count()
    if already + fresh > event.per_institution:
        raise Refused(f"Z jednej instytucji najwyżej {event.per_institution}. Zapisanych jest już {already}.")
