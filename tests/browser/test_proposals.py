"""Changing a card in a real browser: kept while it is typed, sent, decided; axe and narrow screens on the way."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.choices import Role
from registry.models import Proposal
from tests.accounts.factories import account
from tests.browser.doors import sign_in
from tests.registry.factories import OfferFactory
from tests.registry.proposals.factories import card_with_person, fresh, sent, type_into

pytestmark = pytest.mark.django_db(transaction=True)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LONG = "https://www.spoldzielnia-socjalna-o-bardzo-dlugiej-nazwie.example/kontakt"


def looked_at(page, axe, address):
    for width, scheme in ((320, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.goto(address)
        assert page.evaluate(TOO_WIDE) <= 0, address
        axe(page, colours_only=scheme == "dark")


def test_pages_on_which_a_card_is_changed_are_clean_for_axe_and_fit(page, axe):
    card, user = card_with_person(slug="zuraw")
    offer = OfferFactory(organisation=card)
    proposal = sent(card, user, kontakt={"www": LONG}, dane={"name": "Inna Nazwa"})
    type_into(card, user, "kontakt", www=LONG, phone="12")
    type_into(card, user, f"oferty:{offer.pk}", description="Także okna.")
    sign_in(page, user)
    edited = "/panel/podmiot/zuraw/edycja/"
    for place in ("", "kontakt/", "opis/", f"oferty/{offer.pk}/zdjecia/", "podsumowanie/"):
        looked_at(page, axe, edited + place)
    looked_at(page, axe, f"/panel/podmiot/zuraw/propozycje/{proposal.pk}/")


def test_what_is_typed_is_kept_and_two_windows_are_shown_beside_each_other(page, complaints):
    card, user = card_with_person(slug="zuraw")
    sign_in(page, user)
    page.goto("/panel/podmiot/zuraw/edycja/kontakt/")
    other = page.context.new_page()
    other.goto("/panel/podmiot/zuraw/edycja/kontakt/")
    page.get_by_label("E-mail").fill("a@example.pl")
    expect(page.locator("#kept")).to_contain_text("szkic zapisano o")
    other.get_by_label("E-mail").fill("b@example.pl")
    other.get_by_label("Godziny").fill("8–16")
    expect(other.locator("#kept")).to_contain_text("E-mail: a@example.pl")
    other.get_by_role("button", name="Zapisz szkic").click()
    expect(other.get_by_text("To samo pole zmieniono w innym oknie")).to_be_visible()
    expect(other.get_by_label("E-mail")).to_have_value("b@example.pl")
    assert Proposal.objects.get().typed["kontakt"] == {"email": "a@example.pl", "opening_hours": "8–16"}
    other.get_by_role("button", name="Zapisz szkic").click()
    other.get_by_role("link", name="Podsumowanie i wysłanie").click()
    other.get_by_role("button", name="Wyślij do sprawdzenia").click()
    expect(other.get_by_text("Propozycja czeka na koordynatora")).to_be_visible()
    assert (fresh(card).opening_hours, fresh(card).party.email) == ("8–16", "biuro@example.pl")
    complaints.clear()  # the browser notes the 409 itself


def test_a_coordinator_sees_both_sides_on_a_page_that_axe_finds_nothing_in(page, axe):
    card, user = card_with_person(slug="zuraw")
    proposal = sent(card, user, kontakt={"www": LONG, "phone": "71 111 22 33"}, dane={"name": "Inna Nazwa"})
    sign_in(page, account(Role.COORDINATOR))
    looked_at(page, axe, reverse("admin:registry_proposal_changelist"))
    address = reverse("admin:registry_proposal_change", args=[proposal.pk])
    looked_at(page, axe, address)
    page.get_by_role("group", name="Nazwa").get_by_label("odrzuć").check()
    page.get_by_role("group", name="www").get_by_label("przyjmij").check()
    page.get_by_label("Słowa do autora").fill("Dziękujemy.")
    page.get_by_role("button", name="Zapisz wybrane decyzje").press("Enter")
    page.wait_for_url(lambda where: address not in where)
    assert fresh(card).party.www.startswith(LONG)
    looked_at(page, axe, address)
