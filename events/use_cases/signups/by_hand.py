"""Sign-ups that coordinators write down: by phone, from a letter, from a pasted list. Twice is once."""

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from events.choices import Channel
from events.models import Delegation, Event, Registration
from events.use_cases.signups.entering import Person, sign_up
from events.use_cases.signups.newcomers import add_to_roster, hold_rosters
from events.use_cases.signups.pasted_lists import ENTERED, institutions_named, judge
from events.use_cases.signups.places import locked

BY_HAND = (Channel.PHONE, Channel.EMAIL)


@transaction.atomic
def enter_known(*, event_id, delegation_id, channel, actor, now):
    """Somebody of a roster. Returns (Registration, whether it is new)."""
    event = locked(event_id)
    line = (
        Delegation.objects.on(timezone.localdate(now))
        .filter(pk=delegation_id, enrolment__edition=event.edition_id)
        .select_related("enrolment")
        .first()
    )
    if event.edition_id is None or line is None:
        raise Refused("Tej osoby nie ma teraz na liście instytucji.")
    return _enter(event, Person(participant=line.participant_id), line.enrolment, channel, actor, now)


@transaction.atomic
def enter_newcomer(
    *, event_id, first_name, last_name, email="", phone="", institution_name="", enrolment_id=None, channel, actor, now
):
    """Somebody nobody knows yet. At an event of a project: a person of the institution `enrolment_id`, whose papers
    are missing. Returns (Registration, whether it is new)."""
    if enrolment_id is not None:
        hold_rosters([enrolment_id])
    event = locked(event_id)
    if event.edition_id is None:
        person = Person(
            first_name=first_name, last_name=last_name, email=email, phone=phone, institution_name=institution_name
        )
        known = _same_without_address(event, person)
        return (known, False) if known else _enter(event, person, None, channel, actor, now)
    if enrolment_id is None:
        raise Refused("Wybierz instytucję, która kieruje tę osobę.", field="enrolment")
    line = add_to_roster(
        enrolment_id=enrolment_id, first_name=first_name, last_name=last_name, email=email, phone=phone, now=now
    )
    return _enter(event, Person(participant=line.participant_id), line.enrolment, channel, actor, now)


@transaction.atomic
def enter_list(*, event_id, lines, actor, now):
    """The lines of events.coordination.pasted that can be entered, in their order. Returns them all, judged anew while
    the event is locked: pressing twice enters nobody twice."""
    hold_rosters(institutions_named(Event.objects.get(pk=event_id), lines, now))
    event = locked(event_id)
    judged = judge(event, lines, now)
    for one in judged:
        if one.outcome not in ENTERED:
            continue
        line, delegation = one.line, one.delegation
        if event.edition_id is None:
            person = Person(
                first_name=line.first_name, last_name=line.last_name, email=line.email, phone=line.phone,
                institution_name=line.institution,
            )  # fmt: skip
            one.registration, _ = _enter(event, person, None, Channel.LIST, actor, now)
            continue
        if delegation is None:
            delegation = add_to_roster(
                enrolment_id=one.enrolment.pk, first_name=line.first_name, last_name=line.last_name,
                email=line.email, phone=line.phone, now=now,
            )  # fmt: skip
        person = Person(participant=delegation.participant_id)
        one.registration, _ = _enter(event, person, delegation.enrolment, Channel.LIST, actor, now)
    return judged


def _enter(event, person, enrolment, channel, actor, now):
    [registration] = sign_up(
        event_id=event.pk, people=[person], enrolment=enrolment, channel=channel, actor=actor, now=now
    )
    # What was there already was written at another moment.
    return registration, registration.registered_at == now


def _same_without_address(event, person):
    if person.email:
        return None
    return (
        Registration.objects.active()
        .filter(
            event=event,
            participant=None,
            email="",
            first_name__iexact=person.first_name,
            last_name__iexact=person.last_name,
            institution_name__iexact=person.institution_name,
            phone=person.phone,
        )
        .first()
    )
