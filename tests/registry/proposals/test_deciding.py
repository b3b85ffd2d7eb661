"""What a coordinator accepts is on the card, what not is told, and nothing is overwritten unseen."""

import pytest

from accounts.choices import Role
from core.exceptions import Refused
from notifications.models import OutgoingEmail
from registry.choices import ProposalState, Verdict
from registry.history.events import events_of
from registry.history.story import changes as story_of
from registry.models import CatalogueEntry, Institution, Offer, Organisation, Proposal, Unit, Workplace
from registry.proposals.parts import section_of
from registry.use_cases.proposals import drafting, sending
from registry.use_cases.proposals.deciding import Answers, decide
from tests.accounts.factories import account, hold
from tests.registry.factories import NOW, OfferFactory, OfferMarkFactory, OrganisationFactory, WorkplaceFactory
from tests.registry.proposals.factories import (
    answers,
    card_with_person,
    fresh,
    representative,
    send,
    sent,
    type_into,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return account(Role.COORDINATOR)


def settle(proposal, actor, **how):
    return decide(proposal_id=proposal.pk, answers=answers(proposal, **how), actor=actor, now=NOW)


def test_some_are_accepted_and_some_are_not_with_words(office):
    card, user = card_with_person()
    proposal = sent(card, user, kontakt={"email": "nowy@example.pl"}, dane={"name": "Inna Nazwa"})
    settle(proposal, office, name=False, words="Dziękujemy.", notes={"name": "W KRS jest inna nazwa."})
    now = fresh(card)
    assert (now.party.email, now.party.name) == ("nowy@example.pl", card.party.name)
    assert {one.field: one.verdict for one in proposal.changes.all()} == {
        "email": Verdict.ACCEPTED,
        "name": Verdict.REJECTED,
    }
    letter = OutgoingEmail.objects.get(to=user.email)
    assert "Część zmian została przyjęta" in letter.body
    assert "Nazwa: W KRS jest inna nazwa." in letter.body
    assert "Dziękujemy." in letter.body


def test_what_is_accepted_is_in_the_catalogue_vouched_for_and_in_the_history(office):
    card, user = card_with_person()
    proposal = sent(card, user, dane={"name": "Spółdzielnia Żuraw"})
    settle(proposal, office)
    assert CatalogueEntry.objects.get(organisation=card).name == "Spółdzielnia Żuraw"
    assert fresh(card).verified_fields == {"name": "2026-11-22"}
    newest = story_of(events_of(fresh(card)))[0]
    assert newest.origin == f"propozycja zmian nr {proposal.pk}"
    assert newest.who == office.get_full_name()


def test_a_change_by_rule_says_so_in_the_history():
    card, user = card_with_person()
    proposal = sent(card, user, kontakt={"phone": "71 111 22 33"})
    told = {one.origin for one in story_of(events_of(fresh(card)))}
    assert f"propozycja zmian nr {proposal.pk}, z reguły" in told


def test_of_two_coordinators_the_second_is_told_who_was_first(office):
    card, user = card_with_person()
    proposal = sent(card, user, kontakt={"email": "nowy@example.pl"})
    given = answers(proposal)
    decide(proposal_id=proposal.pk, answers=given, actor=office, now=NOW)
    with pytest.raises(Refused, match="rozpatrzono już"):
        decide(proposal_id=proposal.pk, answers=given, actor=account(Role.COORDINATOR, email="b@example.pl"), now=NOW)
    assert OutgoingEmail.objects.filter(to=user.email).count() == 1


def test_a_value_that_moved_after_sending_is_overwritten_only_when_ticked(office):
    card, user = card_with_person()
    proposal = sent(card, user, kontakt={"email": "nowy@example.pl"})
    Institution.objects.filter(pk=card.institution_id).update(email="urzad@example.pl")
    with pytest.raises(Refused, match="mimo to") as refused:
        settle(proposal, office)
    assert refused.value.field == str(proposal.changes.get().pk)
    assert fresh(card).party.email == "urzad@example.pl"
    settle(proposal, office, overwrites=True)
    assert fresh(card).party.email == "nowy@example.pl"


def test_a_value_that_moves_while_the_page_is_open_is_not_overwritten_even_when_ticked(office):
    card, user = card_with_person()
    proposal = sent(card, user, kontakt={"email": "nowy@example.pl"})
    given = answers(proposal, overwrites=True)
    Institution.objects.filter(pk=card.institution_id).update(email="urzad@example.pl")
    with pytest.raises(Refused, match="się zmieniła"):
        decide(proposal_id=proposal.pk, answers=given, actor=office, now=NOW)
    assert fresh(card).party.email == "urzad@example.pl"


def test_of_two_authors_the_second_does_not_overwrite_the_first_unseen(office):
    card, user = card_with_person()
    other = representative(card, "jan@example.pl")
    first = sent(card, user, kontakt={"email": "a@example.pl"})
    second = sent(card, other, kontakt={"email": "b@example.pl"})
    settle(first, office)
    with pytest.raises(Refused, match="mimo to"):
        settle(second, office)
    settle(second, office, accept=False)
    assert fresh(card).party.email == "a@example.pl"


def test_an_answer_is_needed_for_each_change(office):
    card, user = card_with_person()
    proposal = sent(card, user, kontakt={"email": "nowy@example.pl"})
    with pytest.raises(Refused, match="przy każdej zmianie"):
        decide(proposal_id=proposal.pk, answers=Answers(), actor=office, now=NOW)


def test_nobody_decides_for_an_organisation_they_act_for(office):
    card, user = card_with_person()
    proposal = sent(card, user, kontakt={"email": "nowy@example.pl"})
    hold(office, Role.REPRESENTATIVE, organisation=card)
    with pytest.raises(Refused, match="ktoś inny"):
        settle(proposal, office)
    assert fresh(card).party.email == "biuro@example.pl"


def test_who_runs_a_unit_does_not_decide_of_it(office):
    card = OrganisationFactory(of_unit=True, published=True)
    user = representative(card, "ola@example.pl")
    proposal = sent(card, user, kontakt={"email": "nowy@example.pl"})
    operator = OrganisationFactory(institution=card.unit.operator)
    hold(office, Role.REPRESENTATIVE, organisation=operator)
    with pytest.raises(Refused, match="ktoś inny"):
        settle(proposal, office)


def test_a_withdrawn_proposal_is_not_decided(office):
    card, user = card_with_person()
    proposal = sent(card, user, kontakt={"email": "nowy@example.pl"})
    given = answers(proposal)
    sending.withdraw(proposal_id=proposal.pk, actor=user, now=NOW)
    with pytest.raises(Refused, match="wycofał"):
        decide(proposal_id=proposal.pk, answers=given, actor=office, now=NOW)


def test_a_new_offer_and_a_place_of_work_are_added_and_an_offer_is_changed(office):
    card, user = card_with_person()
    offer = OfferFactory(organisation=card, codes=["90910000"])
    proposal = sent(
        card,
        user,
        **{f"oferty:{offer.pk}": {"description": "Także okna.", "cpv": "90911200-8\n90910000"}},
        oferty__n0000aa={"name": "Catering na szkolenia"},
        miejsca__n0000ab={"town": "Legnica", "municipality": "0262011"},
    )
    settle(proposal, office)
    offer.refresh_from_db()
    assert offer.description == "Także okna."
    assert sorted(offer.cpv_links.values_list("code_id", flat=True)) == ["90910000", "90911200"]
    new = Offer.objects.get(organisation=card, name="Catering na szkolenia")
    assert (new.category_id, new.confirmed_at) == ("catering", NOW)
    assert Workplace.objects.get(organisation=card).county_id == "0262"


def test_an_offer_with_a_mark_is_not_removed(office):
    card, user = card_with_person()
    offer = OfferFactory(organisation=card)
    OfferMarkFactory(offer=offer)
    drafting.propose_removal(organisation_id=card.pk, section=section_of(f"oferty:{offer.pk}"), actor=user, now=NOW)
    proposal = send(card, user)
    with pytest.raises(Refused, match="ważny znak"):
        settle(proposal, office)
    assert Proposal.objects.get().state == ProposalState.SENT
    settle(proposal, office, accept=False)
    assert Offer.objects.living().filter(pk=offer.pk).exists()


def test_a_place_of_work_is_removed(office):
    card, user = card_with_person()
    place = WorkplaceFactory(organisation=card)
    drafting.propose_removal(organisation_id=card.pk, section=section_of(f"miejsca:{place.pk}"), actor=user, now=NOW)
    settle(send(card, user), office)
    assert not Workplace.objects.exists()


def test_what_is_gone_from_the_card_can_only_be_rejected(office):
    card, user = card_with_person()
    place = WorkplaceFactory(organisation=card)
    proposal = sent(card, user, **{f"miejsca:{place.pk}": {"town": "Lubin"}})
    place.delete()
    with pytest.raises(Refused, match="tylko odrzucić"):
        settle(proposal, office)
    assert settle(proposal, office, accept=False).state == ProposalState.DECIDED


def test_what_contradicts_the_rest_of_the_card_is_refused_beside_the_change(office):
    card, user = card_with_person()
    proposal = sent(card, user, kontakt={"contact_person": "Anna Nowak", "contact_consent_on": "2026-10-01"})
    with pytest.raises(Refused, match="zgody tej osoby"):
        settle(proposal, office, contact_consent_on=False)
    settle(proposal, office)
    assert fresh(card).contact_person == "Anna Nowak"


def test_a_new_unit_has_a_card_that_is_not_public_yet(office):
    card, user = card_with_person()
    proposal = sent(card, user, jednostki__n0000aa={"name": "WTZ Nowy", "kind": "wtz", "town": "Lubin"})
    settle(proposal, office)
    unit = Unit.objects.get(name="WTZ Nowy")
    assert unit.operator_id == card.institution_id
    assert Organisation.objects.get(unit=unit).published_at is None


def test_a_unit_is_edited_by_who_represents_its_operator(office):
    card = OrganisationFactory(of_unit=True, published=True)
    own = OrganisationFactory(institution=card.unit.operator, published=True)
    user = representative(own, "ola@example.pl")
    proposal = sent(card, user, kontakt={"email": "wtz@example.pl"})
    settle(proposal, office)
    assert (fresh(card).unit.email, fresh(own).party.email) == ("wtz@example.pl", "biuro@example.pl")


def test_coordinators_are_told_that_something_waits(office):
    card, user = card_with_person()
    type_into(card, user, "kontakt", email="nowy@example.pl")
    assert not OutgoingEmail.objects.exists()
    send(card, user)
    assert OutgoingEmail.objects.get().to == office.email
