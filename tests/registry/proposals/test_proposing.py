"""What the people of an organisation type, send and take back."""

import pytest

from core.exceptions import Refused
from registry.choices import ProposalState, Verdict
from registry.models import CatalogueEntry, Offer, Proposal, TrustedField
from registry.proposals.desk import Desk
from registry.proposals.forms import SectionForm
from registry.proposals.parts import section_of
from registry.use_cases.proposals import drafting, sending
from tests.registry.factories import NOW, OfferFactory
from tests.registry.proposals.factories import (
    card_with_person,
    changes_of,
    fresh,
    representative,
    send,
    sent,
    type_into,
)

pytestmark = pytest.mark.django_db


def test_what_is_typed_is_kept_as_it_was_typed_and_the_card_stays():
    card, user = card_with_person()
    draft = type_into(card, user, "kontakt", phone="12", email="nowy@example.pl")
    assert draft.typed == {"kontakt": {"phone": "12", "email": "nowy@example.pl"}}
    assert fresh(card).party.phone == "+48710000000"
    _, found = changes_of(card, user)
    assert [gap.section.code for gap in found.gaps] == ["kontakt"]


def test_what_equals_the_card_is_no_change_and_leaves_no_draft():
    card, user = card_with_person()
    type_into(card, user, "kontakt", email="inny@example.pl")
    type_into(card, user, "kontakt", email="biuro@example.pl")
    assert not Proposal.objects.exists()


def test_trusted_fields_are_on_the_card_at_once_and_the_rest_waits():
    card, user = card_with_person()
    proposal = sent(card, user, kontakt={"phone": "71 111 22 33", "email": "nowy@example.pl"})
    verdicts = {one.field: one.verdict for one in proposal.changes.all()}
    assert verdicts == {"phone": Verdict.BY_RULE, "email": ""}
    now = fresh(card)
    assert (now.party.phone, now.party.email) == ("+48711112233", "biuro@example.pl")
    assert now.verified_fields == {"phone": "2026-11-22"}
    assert proposal.state == ProposalState.SENT


def test_a_proposal_of_trusted_fields_alone_waits_for_nobody_and_shows_in_the_catalogue():
    card, user = card_with_person()
    proposal = sent(card, user, opis={"mission": "Praca dla wszystkich."}, kontakt={"opening_hours": "8–16"})
    assert proposal.state == ProposalState.SENT
    other, person = card_with_person("ewa@example.pl")
    proposal = sent(other, person, kontakt={"opening_hours": "8–16"})
    assert (proposal.state, proposal.decided_by) == (ProposalState.DECIDED, None)
    assert fresh(other).opening_hours == "8–16"


def test_coordinators_switch_which_fields_are_trusted():
    card, user = card_with_person()
    TrustedField.objects.update_or_create(field="phone", defaults={"goes_live": False})
    TrustedField.objects.update_or_create(field="description", defaults={"goes_live": True})
    sent(card, user, kontakt={"phone": "71 111 22 33"}, opis={"description": "Pieczemy chleb żytni."})
    now = fresh(card)
    assert (now.party.phone, now.description) == ("+48710000000", "Pieczemy chleb żytni.")
    assert CatalogueEntry.objects.filter(organisation=card).exists()


def test_a_rule_about_a_field_of_the_card_says_nothing_of_one_of_the_same_name_in_an_offer():
    card, user = card_with_person()
    offer = OfferFactory(organisation=card, description="Dawny opis.")
    TrustedField.objects.update_or_create(field="description", defaults={"goes_live": True})
    proposal = sent(card, user, **{f"oferty__{offer.pk}": {"description": "Nowy opis."}})
    assert proposal.state == ProposalState.SENT
    assert Offer.objects.get(pk=offer.pk).description == "Dawny opis."


def test_a_name_is_never_trusted_whatever_the_rules_say():
    card, user = card_with_person()
    sent(card, user, dane={"name": "Inna Nazwa"})
    assert fresh(card).party.name != "Inna Nazwa"


def test_sending_takes_exactly_what_the_summary_showed():
    card, user = card_with_person()
    type_into(card, user, "kontakt", email="nowy@example.pl")
    draft, found = changes_of(card, user)
    seal = sending.seal(found.changes)
    type_into(card, user, "kontakt", email="jeszcze@example.pl")
    with pytest.raises(Refused, match="coś się zmieniło"):
        sending.send(proposal_id=draft.pk, seen=seal, actor=user, now=NOW)
    assert Proposal.objects.get().state == ProposalState.DRAFT


def test_a_value_that_changed_while_one_typed_is_told_and_sent_only_when_seen():
    card, user = card_with_person()
    type_into(card, user, "kontakt", email="nowy@example.pl")
    draft, before = changes_of(card, user)
    fresh(card).party.__class__.objects.filter(pk=card.party.pk).update(email="urzad@example.pl")
    with pytest.raises(Refused, match="coś się zmieniło"):
        sending.send(proposal_id=draft.pk, seen=sending.seal(before.changes), actor=user, now=NOW)
    _, after = changes_of(card, user)
    assert [(one.was_shown, one.old, one.new) for one in after.changes] == [
        ("biuro@example.pl", "urzad@example.pl", "nowy@example.pl")
    ]


def test_sending_twice_sends_once():
    card, user = card_with_person()
    type_into(card, user, "kontakt", email="nowy@example.pl")
    draft, found = changes_of(card, user)
    for _ in range(2):
        sending.send(proposal_id=draft.pk, seen=sending.seal(found.changes), actor=user, now=NOW)
    assert Proposal.objects.get().changes.count() == 1


def test_nobody_sends_the_draft_of_somebody_else():
    card, user = card_with_person()
    other = representative(card, "jan@example.pl")
    type_into(card, user, "kontakt", email="nowy@example.pl")
    draft, found = changes_of(card, user)
    with pytest.raises(Refused):
        sending.send(proposal_id=draft.pk, seen=sending.seal(found.changes), actor=other, now=NOW)


def test_whose_role_has_ended_sends_nothing():
    card, user = card_with_person()
    type_into(card, user, "kontakt", email="nowy@example.pl")
    draft, found = changes_of(card, user)
    user.grants.update(ends_on="2021-01-01")
    user = type(user).objects.get(pk=user.pk)
    with pytest.raises(Refused, match="Nie działasz"):
        sending.send(proposal_id=draft.pk, seen=sending.seal(found.changes), actor=user, now=NOW)


def test_two_windows_of_one_person_lose_nothing():
    card, user = card_with_person()
    first = SectionForm(section_of("kontakt"), Desk(fresh(card)))
    second = SectionForm(section_of("kontakt"), Desk(fresh(card)))
    type_into(card, user, "kontakt", form=first, page="a", email="a@example.pl", phone=first.raws["phone"])
    draft = type_into(card, user, "kontakt", form=second, page="b", email="b@example.pl", www="https://b.example")
    assert draft.differing == ["email"]
    assert draft.typed["kontakt"] == {"email": "a@example.pl", "www": "https://b.example"}


def test_two_people_have_a_draft_each():
    card, user = card_with_person()
    other = representative(card, "jan@example.pl")
    type_into(card, user, "kontakt", email="a@example.pl")
    type_into(card, other, "kontakt", email="b@example.pl")
    assert sorted(one.typed["kontakt"]["email"] for one in Proposal.objects.all()) == ["a@example.pl", "b@example.pl"]


def test_a_new_offer_without_classification_gets_what_the_program_proposes():
    card, user = card_with_person()
    proposal = sent(card, user, oferty__n0000aa={"name": "Sprzątanie biur i szkół"})
    new = proposal.changes.get().new
    assert new["category"] == "sprzatanie"
    assert len(new["cpv"]) == 1


def test_a_removed_offer_stays_on_the_card_until_somebody_agrees():
    card, user = card_with_person()
    offer = OfferFactory(organisation=card)
    drafting.propose_removal(organisation_id=card.pk, section=section_of(f"oferty:{offer.pk}"), actor=user, now=NOW)
    proposal = send(card, user)
    assert proposal.changes.get().old["name"] == "Sprzątanie biur"
    assert Offer.objects.living().filter(pk=offer.pk).exists()


def test_an_offer_of_another_card_is_no_place_of_this_one():
    card, _ = card_with_person()
    offer = OfferFactory()
    with pytest.raises(LookupError):
        SectionForm(section_of(f"oferty:{offer.pk}"), Desk(fresh(card)))


def test_a_withdrawn_proposal_changes_nothing_and_one_taken_back_is_a_draft_again():
    card, user = card_with_person()
    proposal = sent(card, user, kontakt={"email": "nowy@example.pl"})
    again = sending.withdraw(proposal_id=proposal.pk, to_draft=True, actor=user, now=NOW)
    assert (again.state, again.typed) == (ProposalState.DRAFT, {"kontakt": {"email": "nowy@example.pl"}})
    proposal = send(card, user)
    given_up = sending.withdraw(proposal_id=proposal.pk, actor=user, now=NOW)
    assert (given_up.state, given_up.typed) == (ProposalState.WITHDRAWN, {})
    assert fresh(card).party.email == "biuro@example.pl"


def test_a_name_of_a_person_needs_the_day_of_their_consent():
    card, user = card_with_person()
    type_into(card, user, "kontakt", contact_person="Anna Nowak")
    _, found = changes_of(card, user)
    assert "tylko z datą zgody" in found.gaps[0].text


def test_a_nip_that_somebody_has_already_is_told_before_it_is_sent():
    card, user = card_with_person()
    other, _ = card_with_person("ewa@example.pl")
    type_into(card, user, "dane", nip=other.institution.nip)
    _, found = changes_of(card, user)
    assert "NIP ma już inny podmiot" in found.gaps[0].text
