"""A card with somebody who represents it, typing and sending as the pages do it."""

from accounts.choices import Role
from core import weaving
from registry.choices import ProposalState
from registry.models import Organisation, Proposal
from registry.proposals.changes import of_draft
from registry.proposals.desk import Desk
from registry.proposals.forms import SectionForm
from registry.proposals.parts import section_of
from registry.proposals.standing import fingerprint_of, value_now
from registry.use_cases.proposals import drafting, sending
from registry.use_cases.proposals.deciding import Answer, Answers
from tests.accounts.factories import account, hold
from tests.registry.factories import NOW, OrganisationFactory


def card_with_person(email="ola@example.pl", **given):
    """(card, representative)."""
    card = OrganisationFactory(published=True, **given)
    return card, account(Role.REPRESENTATIVE, email=email, organisation=card)


def representative(card, email):
    user = account(email=email)
    hold(user, Role.REPRESENTATIVE, organisation=card)
    return user


def fresh(card):
    return Organisation.objects.with_party().get(pk=card.pk)


def type_into(card, user, code, now=NOW, page="a", form=None, **fields):
    """Typed on a page that was drawn now, or that `form` tells was drawn before."""
    section = section_of(code)
    draft = drafting.own_draft(card, user)
    form = form or SectionForm(section, Desk(fresh(card)), draft.typed.get(code) if draft else None)
    data = form.data if form.is_bound else form.raws
    return drafting.save(
        organisation_id=card.pk, section=section, sent=fields, seen=weaving.seen_of(data, form.fields),
        shown=form.raws, page=page, actor=user, now=now,
    )  # fmt: skip


def changes_of(card, user):
    draft = Proposal.objects.get(organisation=card, author=user, state=ProposalState.DRAFT)
    return draft, of_draft(draft, Desk(fresh(card)))


def send(card, user, now=NOW):
    draft, found = changes_of(card, user)
    return sending.send(proposal_id=draft.pk, seen=sending.seal(found.changes), actor=user, now=now)


def sent(card, user, now=NOW, **pages):
    """A proposal of these sections: sent(card, user, kontakt={"email": "…"})."""
    for code, fields in pages.items():
        type_into(card, user, code.replace("__", ":"), **fields)
    return send(card, user, now)


def answers(proposal, accept=True, words="", notes=(), overwrites=False, **by_field):
    """To every waiting change as `accept` says, or as its field does."""
    desk = Desk(fresh(proposal.organisation))
    given = Answers(words=words)
    for one in proposal.changes.filter(verdict=""):
        given.by_change[one.pk] = Answer(
            is_accepted=by_field.get(one.field or one.subject, accept),
            seen=fingerprint_of(value_now(one, desk)[1]),
            overwrites=overwrites,
            words=dict(notes).get(one.field, ""),
        )
    return given
