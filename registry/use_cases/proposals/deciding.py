"""A coordinator's answer to a proposal: each change accepted or not, once, by somebody whose case it is not."""

from dataclasses import dataclass, field

import pghistory
from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from core.templatetags.portal import date_words
from registry.choices import ProposalState, Verdict
from registry.models import Proposal
from registry.proposals.access import is_own_case
from registry.proposals.desk import Desk
from registry.proposals.standing import fingerprint_of, has_moved, value_now
from registry.use_cases import catalogue
from registry.use_cases.proposals import applying, telling
from registry.use_cases.proposals.sending import locked_card

OWN = "Tę propozycję musi rozpatrzyć ktoś inny: dotyczy podmiotu, w którego imieniu działasz, albo jest Twoja."
MOVED = "Od kiedy pokazaliśmy tę stronę, wartość w rejestrze się zmieniła. Obejrzyj zmianę jeszcze raz."
OVERWRITES = "Ktoś zmienił to pole po wysłaniu propozycji. Zaznacz, że przyjmujesz ją mimo to, albo odrzuć zmianę."


@dataclass
class Answer:
    """What a coordinator pressed for one change; `seen` is the fingerprint of the value that stood beside it."""

    is_accepted: bool
    seen: str = ""
    overwrites: bool = False
    words: str = ""


@dataclass
class Answers:
    by_change: dict = field(default_factory=dict)
    words: str = ""


@transaction.atomic
def decide(*, proposal_id, answers, actor, now):
    """Write what is accepted into the card and tell the author. `answers` is an Answers for every waiting change.

    Refused, with a change's number in `field` where one is meant: decided already, withdrawn, the actor's own case, no
    answer, the value has moved and nobody ticked that, the register says no. Then nothing is written.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).filter(pk=proposal_id).first()
    if proposal is None or proposal.state == ProposalState.DRAFT:
        raise Refused("Tej propozycji już nie ma.")
    if proposal.state == ProposalState.WITHDRAWN:
        raise Refused("Autor wycofał tę propozycję. Nie ma czego rozpatrywać.")
    if proposal.state == ProposalState.DECIDED:
        raise Refused(f"Tę propozycję rozpatrzono już {date_words(proposal.decided_at)}{_by(proposal)}.")
    organisation = locked_card(proposal.organisation_id)
    proposal.organisation = organisation
    if is_own_case(actor, proposal):
        raise Refused(OWN)
    waiting = [one for one in proposal.changes.select_related("picture").order_by("position") if not one.verdict]
    applying.lock_rows(waiting, organisation)
    accepted = _weighed(waiting, answers, Desk(organisation))
    with pghistory.context(user=actor.pk, proposal=proposal.pk):
        applying.apply(accepted, organisation, actor=actor, now=now)
        applying.vouch(accepted, organisation, today=timezone.localdate(now))
    for one in waiting:
        one.save(update_fields=["verdict", "words"])
    proposal.state, proposal.decided_at, proposal.decided_by = ProposalState.DECIDED, now, actor
    proposal.words, proposal.typed, proposal.shown = answers.words.strip()[:2000], {}, {}
    proposal.save()
    if accepted:
        catalogue.refresh(applying.cards_of(organisation), now=now)
    telling.tell_author(proposal, organisation, now=now)
    return proposal


def _weighed(waiting, answers, desk):
    """Those accepted; each of `waiting` gets its verdict."""
    accepted = []
    for one in waiting:
        answer = answers.by_change.get(one.pk)
        if answer is None:
            raise Refused("Wybierz przy każdej zmianie: przyjmij albo odrzuć.", field=str(one.pk))
        one.words = answer.words.strip()[:300]
        one.verdict = Verdict.ACCEPTED if answer.is_accepted else Verdict.REJECTED
        if not answer.is_accepted:
            continue
        is_there, now = value_now(one, desk)
        if not is_there:
            raise Refused(applying.GONE, field=str(one.pk))
        if fingerprint_of(now) != answer.seen:
            raise Refused(MOVED, field=str(one.pk))
        if has_moved(one, now) and not answer.overwrites:
            raise Refused(OVERWRITES, field=str(one.pk))
        accepted.append(one)
    return accepted


def _by(proposal):
    return f" ({proposal.decided_by.get_full_name()})" if proposal.decided_by else ""
