"""Signing people up: one lock of the event, then each person's place or place in line."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from core.exceptions import Refused
from events.calendar.standing import WHY_NOT, SignUp, gate
from events.choices import Channel, EventState
from events.choices import RegistrationState as State
from events.completeness import is_complete
from events.models import Delegation, Registration
from events.use_cases.signups import people as known
from events.use_cases.signups.places import enter, free_for_newcomers, locked

# How long a place waits for the link in a letter to be opened by somebody who gave an address only.
PROOF_HOURS = 24
NO_PLACES = "Nie ma już wolnych miejsc."


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is to come. Of a roster: `participant` is an id, and names and addresses are read from there.

    `link_key` is what the new sign-up's links are held to (core.links); one is drawn when it is empty.
    """

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
    link_key: str = ""


def sign_up(
    *, event_id, people, enrolment=None, channel=Channel.PORTAL, actor=None, needs_proof=False, quietly=False, now
):
    """Sign `people` (a list of Person) up and return their Registrations in the same order.

    `enrolment` is the Enrolment that sends people of its roster. `needs_proof`: whoever asked gave no more than an
    address, so the place waits for the link in the letter. Somebody who is signed up already keeps what they have: a
    double click is no error. `quietly`: the caller writes the letters. All or nothing: one refusal signs nobody up.
    Refused: no sign-ups here or now, outside the audience, too many of one institution, no place and no reserve.
    Coordinators who enter what came by phone, mail or list are held to places only.
    """
    try:
        return _sign_up(event_id, people, enrolment, channel, actor, needs_proof, quietly, now)
    except IntegrityError as error:
        # Letters that Python and the database fold differently: the row is there, and we did not know it.
        if "_once" not in str(error):
            raise
        raise Refused("Ta osoba jest już zapisana.") from error


@transaction.atomic
def _sign_up(event_id, people, enrolment, channel, actor, needs_proof, quietly, now):
    event = locked(event_id)
    _refuse_closed(event, channel, now)
    if enrolment is not None:
        # As it is now: on a busy day the turn comes seconds later, and the form may have been accepted meanwhile.
        enrolment.refresh_from_db(fields=["state"])
    wanted = known.registrations(event, people, enrolment, channel=channel, actor=actor, now=now)
    # Who is signed up already; of somebody named twice the first one stands for both.
    kept = _active(event, wanted)
    fresh = []
    for one in wanted:
        if (key := known.key_of(one)) not in kept:
            kept[key] = one
            fresh.append(one)
    if channel == Channel.PORTAL:
        _refuse_outsiders(event, enrolment, wanted)
        _refuse_too_many(event, enrolment, len(fresh))
    if fresh:
        _give_places(event, fresh, needs_proof, now)
        enter(*fresh, actor=actor, now=now, quietly=quietly)
    return [kept[known.key_of(one)] for one in wanted]


def place_of(event, registration, now):
    """(state, hold_until) of a person who surely comes: confirmed, unless papers of the project are missing."""
    participant = registration.participant
    if participant is None or is_complete(participant, registration.enrolment, edition=event.edition):
        return State.CONFIRMED, None
    return State.AWAITING_DOCUMENTS, min(now + timedelta(days=max(event.documents_days, 1)), event.ends_at)


def _give_places(event, fresh, needs_proof, now):
    """Places in the order of arrival as far as they go, the rest in line."""
    free = free_for_newcomers(event)
    if free is not None and free < len(fresh) and not event.has_reserve:
        raise Refused(NO_PLACES if free == 0 else f"Wolnych miejsc: {free}, a wybranych osób: {len(fresh)}.")
    for number, registration in enumerate(fresh):
        if free is not None and number >= free:
            registration.state = State.RESERVE
            continue
        if needs_proof:
            until = min(now + timedelta(hours=PROOF_HOURS), event.ends_at)
            registration.state, registration.hold_until = State.RECEIVED, until
        else:
            registration.state, registration.hold_until = place_of(event, registration, now)
        registration.confirmed_at = now if registration.state == State.CONFIRMED else None
        event.taken += 1


def _refuse_closed(event, channel, now):
    """Coordinators enter people before and after the time of sign-up too, as long as the event is to come."""
    if event.state == EventState.DRAFT:
        raise Refused("Na to wydarzenie nie można się zapisać.")
    code = gate(event, now)
    if code != SignUp.OPEN and (channel == Channel.PORTAL or code in (SignUp.OFF, SignUp.OVER)):
        raise Refused(WHY_NOT[code])


def _active(event, wanted):
    """{key: the active sign-up} of those among `wanted` who have one."""
    active = Registration.objects.active().filter(event=event)
    found = []
    if participants := [one.participant_id for one in wanted if one.participant_id]:
        found += active.filter(participant__in=participants).select_related("participant", "enrolment")
    if addresses := {one.email.lower() for one in wanted if not one.participant_id and one.email}:
        visitors = active.filter(participant=None)
        found += visitors.alias(address=Lower("email")).filter(address__in=addresses)
    for one in found:
        one.event = event
    return {known.key_of(one): one for one in found}


def _refuse_outsiders(event, enrolment, wanted):
    if event.is_open_to_all:
        return
    if enrolment is None or any(one.participant is None for one in wanted):
        raise Refused("To wydarzenie jest dla osób zgłoszonych przez instytucje.")
    if event.audience and enrolment.category not in event.audience:
        raise Refused("To wydarzenie jest dla instytucji z innej grupy.")
    roles = dict(
        Delegation.objects.on(timezone.localdate(event.starts_at))
        .filter(enrolment=enrolment, participant__in=[one.participant_id for one in wanted])
        .values_list("participant_id", "role")
    )
    for one in wanted:
        if one.participant_id not in roles:
            raise Refused(f"{one.full_name}: w dniu wydarzenia tej osoby nie ma na liście instytucji.")
        if event.audience_roles and roles[one.participant_id] not in event.audience_roles:
            raise Refused(f"{one.full_name}: to wydarzenie jest dla osób w innej roli.")


def _refuse_too_many(event, enrolment, fresh):
    if event.per_institution is None or enrolment is None:
        return
    already = Registration.objects.active().filter(event=event, enrolment=enrolment).count()
    if already + fresh > event.per_institution:
        raise Refused(f"Z jednej instytucji najwyżej {event.per_institution}. Zapisanych jest już {already}.")
