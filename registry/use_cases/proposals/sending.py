"""Sending a draft: changes that wait for a coordinator, and those that a rule lets through at once."""

import hashlib
import json

import pghistory
from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from registry.choices import Change, ProposalState, Subject, TrustedName, Verdict
from registry.models import Organisation, Proposal, ProposedChange, TrustedField
from registry.proposals.access import may_edit
from registry.proposals.changes import of_draft
from registry.proposals.desk import Desk
from registry.use_cases import catalogue, organisations
from registry.use_cases.proposals import applying, telling

# Phone and hours grow old fastest, and a wrong one harms nobody but their own organisation.
TRUSTED_AT_FIRST = {TrustedName.PHONE, TrustedName.OPENING_HOURS}
CHANGED = "Od kiedy pokazaliśmy to podsumowanie, coś się zmieniło na karcie lub w szkicu. Obejrzyj je jeszcze raz."


def trusted_names():
    """Fields whose changes are shown at once."""
    said = dict(TrustedField.objects.values_list("field", "goes_live"))
    return {name for name in TrustedName.values if said.get(name, name in TRUSTED_AT_FIRST)}


def is_trusted(change, names):
    return change.action == Change.FIELD and change.subject in (Subject.CARD, Subject.PARTY) and change.field in names


def seal(changes):
    """A fingerprint of what a summary shows: sending takes exactly this, and the register as it was seen."""
    told = [
        [one.section.code, one.subject, one.action, one.field, one.old, one.new, one.picture and one.picture.pk]
        for one in changes
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:24]


@transaction.atomic
def send(*, proposal_id, seen, actor, now):
    """Send the draft whose summary had this `seal`; fields trusted by rule are written into the card at once.

    Returns the proposal; a second press finds it sent. Refused: something is missing or wrong, there is nothing to
    send, the person may not, or what they saw is no longer so.
    """
    proposal = _own(proposal_id, actor)
    if proposal.state in (ProposalState.SENT, ProposalState.DECIDED):
        return proposal
    if proposal.state != ProposalState.DRAFT:
        raise Refused("Tej propozycji nie można już wysłać.")
    organisation = locked_card(proposal.organisation_id)
    if not may_edit(actor, organisation):
        raise Refused("Nie działasz już w imieniu tego podmiotu.")
    draft = of_draft(proposal, Desk(organisation))
    if draft.gaps:
        raise Refused(f"{draft.gaps[0].label}: {draft.gaps[0].text}")
    if not draft.changes:
        raise Refused("Nic się nie zmienia: szkic mówi to samo, co karta.")
    if seal(draft.changes) != seen:
        raise Refused(CHANGED)
    rows = ProposedChange.objects.bulk_create(_row(proposal, place, one) for place, one in enumerate(draft.changes))
    proposal.state, proposal.sent_at = ProposalState.SENT, now
    _let_through(proposal, organisation, rows, actor, now)
    if all(row.verdict for row in rows):
        proposal.state, proposal.decided_at = ProposalState.DECIDED, now
        proposal.typed, proposal.shown = {}, {}
    else:
        telling.tell_coordinators(proposal, organisation, now=now)
    proposal.save()
    return proposal


@transaction.atomic
def withdraw(*, proposal_id, to_draft=False, actor, now):
    """Take a proposal back that nobody has decided on; `to_draft` goes on writing it. What a rule has let through
    stays. Refused: it is decided, or another draft of the same person is open."""
    proposal = _own(proposal_id, actor)
    if proposal.state == ProposalState.WITHDRAWN and not to_draft:
        return proposal
    if proposal.state != ProposalState.SENT:
        raise Refused("Tej propozycji nie można już wycofać: została rozpatrzona albo wycofana.")
    if not to_draft:
        proposal.state, proposal.withdrawn_at = ProposalState.WITHDRAWN, now
        proposal.typed, proposal.shown = {}, {}
        proposal.save()
        return proposal
    drafts = Proposal.objects.filter(author=actor, organisation=proposal.organisation_id, state=ProposalState.DRAFT)
    if drafts.exists():
        raise Refused("Masz już inny szkic zmian tej karty. Wyślij go albo porzuć, zanim wrócisz do tej propozycji.")
    proposal.changes.all().delete()
    proposal.state, proposal.sent_at, proposal.saved_at = ProposalState.DRAFT, None, now
    proposal.save()
    return proposal


def _own(proposal_id, actor):
    proposal = Proposal.objects.select_for_update(of=("self",)).filter(pk=proposal_id, author=actor).first()
    if proposal is None:
        raise Refused("Tej propozycji już nie ma.")
    return proposal


def locked_card(organisation_id):
    """The card and its party, locked: what is compared now is what is overwritten."""
    organisations.locked(organisation_id)
    organisation = Organisation.objects.with_party().get(pk=organisation_id)
    party = type(organisation.party).objects.select_for_update(of=("self",), no_key=True)
    fresh = party.get(pk=organisation.party.pk)
    if organisation.unit:
        organisation.unit = fresh
    else:
        organisation.institution = fresh
    return organisation


def _row(proposal, place, one):
    section = f"zdjecia:p{one.picture.pk}" if one.picture else one.section.code
    return ProposedChange(
        proposal=proposal, position=place, section=section, subject=one.subject, action=one.action,
        target=one.target, field=one.field, old=one.old, new=one.new, picture=one.picture,
    )  # fmt: skip


def _let_through(proposal, organisation, rows, actor, now):
    names = trusted_names()
    trusted = [row for row in rows if is_trusted(row, names)]
    if not trusted:
        return
    with pghistory.context(user=actor.pk, proposal=proposal.pk, by_rule=True):
        applying.apply(trusted, organisation, actor=actor, now=now)
    for row in trusted:
        row.verdict = Verdict.BY_RULE
    ProposedChange.objects.bulk_update(trusted, ["verdict"])
    applying.vouch(trusted, organisation, today=timezone.localdate(now))
    catalogue.refresh(applying.cards_of(organisation), now=now)
