"""Who signs for an institution and whom it delegates, while its form is being filled in."""

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from core.polish import fold
from events.enrolment.roster import MOST_PEOPLE
from events.models import Delegation, Participant, Signatory
from events.use_cases.enrolment.enrolling import locked_draft, reopened
from events.use_cases.signups.leaving import NOT_SENT, give_back

MOST_SIGNATORIES = 20
PERSON_FIELDS = ("first_name", "last_name", "email", "phone")


@transaction.atomic
def add_signatory(*, enrolment_id, name, function, now):
    enrolment = locked_draft(enrolment_id, now=now)
    present = list(enrolment.signatories.all())
    if any(fold(one.name) == fold(name) for one in present):
        raise Refused("Ta osoba już jest na liście.", field="name")
    if len(present) >= MOST_SIGNATORIES:
        raise Refused(f"Najwyżej {MOST_SIGNATORIES} osób.")
    signatory = Signatory.objects.create(enrolment=enrolment, name=name, function=function)
    _touched(enrolment, now)
    return signatory


@transaction.atomic
def remove_signatory(*, enrolment_id, signatory_id, now):
    """Removing twice is not an error."""
    enrolment = locked_draft(enrolment_id, now=now)
    enrolment.signatories.filter(pk=signatory_id).delete()
    _touched(enrolment, now)


@transaction.atomic
def add_people(*, enrolment_id, people, now):
    """Put people (events.enrolment.roster.Person) on the list; returns how many were new. Who stands there already is
    left alone."""
    enrolment = locked_draft(enrolment_id, now=now)
    delegations = roster_of(enrolment)
    known = {key_of(one.participant) for one in delegations}
    fresh = list({one.key: one for one in people if one.key not in known}.values())
    if len(delegations) + len(fresh) > MOST_PEOPLE:
        raise Refused(f"Jedna instytucja może zgłosić najwyżej {MOST_PEOPLE} osób.")
    delegate(enrolment, fresh, starts_on=timezone.localdate(now), now=now)
    _touched(enrolment, now)
    return len(fresh)


@transaction.atomic
def change_person(*, enrolment_id, delegation_id, person, now):
    """Put a row of the list right. What a person has confirmed by their own link is theirs: only the role changes."""
    enrolment = locked_draft(enrolment_id, now=now)
    delegation = _own(enrolment, delegation_id)
    participant = delegation.participant
    others = roster_of(enrolment).exclude(pk=delegation.pk)
    if any(key_of(one.participant) == person.key for one in others):
        raise Refused("Ta osoba już jest na liście.")
    if is_shared(participant, delegation) and person.key != key_of(participant):
        raise Refused("Dane tej osoby może zmienić już tylko ona sama, własnym odsyłaczem.")
    if not is_shared(participant, delegation):
        for name in PERSON_FIELDS:
            setattr(participant, name, getattr(person, name))
        participant.save(update_fields=PERSON_FIELDS)
    delegation.role, delegation.job_title = person.role, person.job_title
    delegation.save(update_fields=["role", "job_title"])
    _touched(enrolment, now)
    return delegation


@transaction.atomic
def remove_person(*, enrolment_id, delegation_id, now):
    """Take somebody off the list of a form that nobody has accepted: as if they had never stood there. Whoever has
    more here than this row (a sign-up, a declaration, another institution) only stops being delegated."""
    enrolment = locked_draft(enrolment_id, now=now)
    delegation = _own(enrolment, delegation_id)
    participant = delegation.participant
    if is_shared(participant, delegation) or participant.registrations.exists():
        delegation.ends_on = max(delegation.starts_on, timezone.localdate(now))
        delegation.save(update_fields=["ends_on"])
        given = {"enrolment_id": enrolment.pk, "participant_ids": [participant.pk], "note": NOT_SENT}
        give_back(**given, from_day=delegation.ends_on, now=now)
    else:
        delegation.delete()
        if not participant.delegations.exists():
            participant.delete()
    _touched(enrolment, now)


def roster_of(enrolment):
    """Delegations without an end, with their people, in the order in which they were written down."""
    return Delegation.objects.filter(enrolment=enrolment, ends_on=None).select_related("participant").order_by("pk")


def delegate(enrolment, people, *, starts_on, now):
    """Participants and delegations of events.enrolment.roster.Person; returns the delegations."""
    participants = Participant.objects.bulk_create(
        Participant(
            edition_id=enrolment.edition_id, created_at=now, **{name: getattr(one, name) for name in PERSON_FIELDS}
        )
        for one in people
    )
    return Delegation.objects.bulk_create(
        Delegation(enrolment=enrolment, participant=who, role=one.role, job_title=one.job_title, starts_on=starts_on)
        for who, one in zip(participants, people, strict=True)
    )


def key_of(participant):
    return fold(participant.first_name), fold(participant.last_name), participant.email.lower()


def is_shared(participant, delegation):
    """Whether the person's data are no longer this institution's to change."""
    others = Delegation.objects.filter(participant=participant).exclude(pk=delegation.pk)
    return participant.declared_at is not None or others.exclude(enrolment=delegation.enrolment_id).exists()


def _own(enrolment, delegation_id):
    found = roster_of(enrolment).filter(pk=delegation_id).first()
    if found is None:
        raise Refused("Tej osoby nie ma już na liście.")
    return found


def _touched(enrolment, now):
    reopened(enrolment)
    enrolment.saved_at = now
    enrolment.save(update_fields=["state", "saved_at"])
