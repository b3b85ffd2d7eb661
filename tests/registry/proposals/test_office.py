"""The office and the people of a card at the same row: each is told, nothing is overwritten unseen."""

from threading import Event, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from core.exceptions import Refused
from registry.history.events import events_of
from registry.history.story import changes as story_of
from registry.models import Offer, Proposal, TrustedField
from registry.use_cases.proposals import sending
from registry.use_cases.proposals.deciding import decide
from tests.accounts.factories import account
from tests.registry.factories import NOW, OfferFactory
from tests.registry.proposals.factories import (
    answers,
    card_with_person,
    changes_of,
    fresh,
    representative,
    sent,
    type_into,
)
from tests.registry.test_admin_cards import change, posted


@pytest.fixture
def office(client):
    user = account(Role.COORDINATOR)
    client.force_login(user)
    client.user = user
    return client


def opened(client, address):
    """`version` of a form that stands open."""
    return client.get(address).context["adminform"].form["version"].value()


@pytest.mark.django_db
def test_an_open_card_tells_who_is_changing_it_too(office):
    card, user = card_with_person()
    type_into(card, representative(card, "jan@example.pl"), "kontakt", email="tajny@example.pl")
    proposal = sent(card, user, kontakt={"email": "nowy@example.pl"})
    page = office.get(change(card)).content.decode()
    assert "pisze zmiany tej karty" in page
    assert reverse("admin:registry_proposal_change", args=[proposal.pk]) in page
    assert "tajny@example.pl" not in page


@pytest.mark.django_db
def test_a_field_that_went_live_by_rule_is_not_overwritten_by_an_open_card(office):
    card, user = card_with_person()
    version = opened(office, change(card))
    sent(card, user, kontakt={"phone": "71 111 22 33"})
    told = office.post(change(card), posted(card, party_town="Lubin", version=version))
    assert "Ktoś zmienił tę kartę" in told.content.decode()
    assert fresh(card).party.phone == "+48711112233"


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["offer", "institution"])
def test_an_accepted_change_is_not_overwritten_by_an_open_form(office, page):
    card, user = card_with_person()
    offer = OfferFactory(organisation=card)
    pk = offer.pk if page == "offer" else card.institution_id
    address = reverse(f"admin:registry_{page}_change", args=[pk])
    form = office.get(address).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields}
    proposal = sent(card, user, **{f"oferty:{offer.pk}": {"description": "Nowy opis"}}, dane={"name": "Nowa nazwa"})
    decide(proposal_id=proposal.pk, answers=answers(proposal), actor=office.user, now=NOW)
    told = office.post(address, data).content.decode()
    assert "odkąd ją otwarto" in told
    assert (Offer.objects.get().description, fresh(card).party.name) == ("Nowy opis", "Nowa nazwa")


@pytest.mark.django_db
@pytest.mark.parametrize("junk", ["\0", "9" * 10_000, "x", "1-2-3"])
def test_a_forged_version_is_another_version(office, junk):
    card, _ = card_with_person()
    answer = office.post(change(card), posted(card, party_phone="71 222 22 22", version=junk))
    assert answer.status_code == 200
    assert fresh(card).party.phone == "+48710000000"


@pytest.mark.django_db
def test_a_coordinator_lets_descriptions_through_and_the_history_says_so(office):
    rule, _ = TrustedField.objects.get_or_create(field="description")
    address = reverse("admin:registry_trustedfield_change", args=[rule.pk])
    assert "opis działalności" in office.get(reverse("admin:registry_trustedfield_changelist")).content.decode()
    assert office.post(address, {"goes_live": "on", "field": "phone"}).status_code == 302
    rule.refresh_from_db()
    assert (rule.field, rule.goes_live) == ("description", True)
    card, user = card_with_person()
    proposal = sent(
        card, user, opis={"description": "Pieczemy chleb."}, kontakt={"phone": "71 111 22 33", "opening_hours": "8–16"}
    )
    now = fresh(card)
    assert (now.description, now.party.phone, now.opening_hours) == ("Pieczemy chleb.", "+48711112233", "8–16")
    by_rule = [one for one in story_of(events_of(now)) if one.origin == f"propozycja zmian nr {proposal.pk}, z reguły"]
    assert {one.who for one in by_rule} == {user.get_full_name()}
    assert proposal.state == "rozpatrzona"


@pytest.mark.django_db(transaction=True)
def test_a_proposal_sent_while_the_office_saves_the_card_loses_nothing(monkeypatch):
    """The office has compared the card with its form and is about to write; only then somebody sends a new phone."""
    card, user = card_with_person()
    type_into(card, user, "kontakt", phone="71 111 22 33")
    draft, found = changes_of(card, user)
    office, told = Client(), []
    office.force_login(account(Role.COORDINATOR))
    version = opened(office, change(card))
    compared = Event()

    def sending_meanwhile():
        compared.wait(10)
        try:
            told.append(sending.send(proposal_id=draft.pk, seen=sending.seal(found.changes), actor=user, now=NOW))
        except Refused as refusal:
            told.append(refusal)
        finally:
            connection.close()

    from registry.admin.cards import OrganisationAdmin

    saves = OrganisationAdmin.save_model

    def slow_save(self, *args):
        compared.set()
        other.join(0.3)  # it waits for the card; without a lock it would be through by now
        saves(self, *args)

    monkeypatch.setattr(OrganisationAdmin, "save_model", slow_save)
    other = Thread(target=sending_meanwhile)
    other.start()
    answer = office.post(change(card), posted(card, party_town="Lubin", version=version))
    other.join(10)
    assert answer.status_code == 302
    now = fresh(card).party
    assert (now.town, now.phone) == ("Lubin", "+48711112233")
    assert told == [Proposal.objects.get()]
