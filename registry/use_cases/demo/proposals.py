"""Proposed changes for the demo: one in each state, of the organisation that the demo's representative stands for."""

from datetime import timedelta

from django.db import transaction

from accounts.models import User
from core.weaving import seen_of
from registry.choices import ProposalState
from registry.models import Organisation, Proposal
from registry.proposals.changes import of_draft
from registry.proposals.desk import Desk
from registry.proposals.forms import SectionForm
from registry.proposals.parts import section_of
from registry.proposals.standing import fingerprint_of, value_now
from registry.use_cases.demo.seed import represented
from registry.use_cases.proposals import drafting, sending
from registry.use_cases.proposals.deciding import Answer, Answers, decide

AUTHOR, COORDINATOR = "przedstawiciel@demo.example", "koordynator@demo.example"
EARLIER = {
    "opis": {"mission": "Dajemy pracę tym, którym najtrudniej ją znaleźć, i uczymy zawodu na miejscu."},
    "dane": {"short_name": "Nazwa skrócona (przykład)"},
}
WAITING = {
    "opis": {
        "accessibility": "Wejście bez progu, toaleta dla osób na wózkach.",
    },
    "kontakt": {"email": "zamowienia@przyklad.example"},
    "oferty:n0000a1": {
        "name": "Catering na szkolenia i spotkania",
        "description": "Przerwy kawowe i obiady do 60 osób, z dań wegetariańskich.",
        "capacity": "do 60 osób, zamówienie 3 dni wcześniej",
    },
}
STARTED = {"kontakt": {"opening_hours": "pn.–pt. 7.30–15.30"}}


def seed_proposals(*, seed, now):
    """For core.demo.provide."""
    author, coordinator = (User.objects.filter(email=email).first() for email in (AUTHOR, COORDINATOR))
    given = represented(now)
    if not (author and coordinator and given):
        return "Propozycje zmian kart: nie ma kont pokazowych."
    card = Organisation.objects.with_party().get(pk=given["organisation_id"])
    if Proposal.objects.filter(organisation=card).exists():
        return "Propozycje zmian kart: już były."
    _seed(card, author, coordinator, now)
    return "Propozycje zmian kart: po jednej w każdym stanie."


@transaction.atomic
def _seed(card, author, coordinator, now):
    settled = _send(card, author, EARLIER, now - timedelta(days=40))
    desk = Desk(Organisation.objects.with_party().get(pk=card.pk))
    answers = Answers(words="Dziękujemy. Nazwę skróconą dopiszemy, gdy będzie w KRS.")
    for one in settled.changes.filter(verdict=""):
        seen = fingerprint_of(value_now(one, desk)[1])
        answers.by_change[one.pk] = Answer(is_accepted=one.field != "short_name", seen=seen)
    decide(proposal_id=settled.pk, answers=answers, actor=coordinator, now=now - timedelta(days=38))
    given_up = _send(card, author, {"adres": {"street": "ul. Przykładowa"}}, now - timedelta(days=20))
    sending.withdraw(proposal_id=given_up.pk, actor=author, now=now - timedelta(days=19))
    longer = f"{card.description} Od tego roku gotujemy także posiłki dla przedszkoli i dowozimy je w całym powiecie."
    waiting = WAITING | {"opis": WAITING["opis"] | {"description": longer}}
    _send(card, author, waiting, now - timedelta(days=6))
    _type(card, author, STARTED, now - timedelta(hours=2))


def _type(card, author, typed, now):
    desk = Desk(Organisation.objects.with_party().get(pk=card.pk))
    for code, fields in typed.items():
        section = section_of(code)
        shown = SectionForm(section, desk).raws
        drafting.save(
            organisation_id=card.pk, section=section, sent=fields, seen=seen_of(shown, shown), shown=shown,
            actor=author, now=now,
        )  # fmt: skip
    return desk


def _send(card, author, typed, now):
    desk = _type(card, author, typed, now)
    draft = Proposal.objects.get(organisation=card, author=author, state=ProposalState.DRAFT)
    seal = sending.seal(of_draft(draft, desk).changes)
    return sending.send(proposal_id=draft.pk, seen=seal, actor=author, now=now)
