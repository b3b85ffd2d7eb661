"""The end of an organisation, and taking it back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.choices import Role
from core.exceptions import Refused
from registry.models import CatalogueEntry, Closing, OfferEntry
from registry.use_cases import catalogue
from registry.use_cases.closing import close, reopen
from registry.use_cases.merging import merge
from tests.accounts.factories import account
from tests.registry.factories import (
    NOW,
    TODAY,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    UnitFactory,
    refresh,
)

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 3)


def closed(card, on=MAY, reason="wykreślenie z KRS"):
    return close(organisation_id=card.pk, on=on, reason=reason, actor=None, now=NOW)


@pytest.fixture
def card():
    card = OrganisationFactory(slug="zielony-prog", published=True)
    OfferFactory(organisation=card)
    refresh()
    return card


def test_a_closed_card_stays_readable_and_leaves_every_list(client, card):
    closed(card)
    page = client.get("/katalog/zielony-prog/")
    assert page.status_code == 200
    assert "zakończył działalność 3\xa0maja\xa02026" in page.content.decode()
    assert "wykreślenie z KRS" in page.content.decode()
    catalogue.rebuild(now=NOW)
    assert (CatalogueEntry.objects.count(), OfferEntry.objects.count()) == (0, 0)
    assert "zielony-prog" not in client.get("/katalog/?status=nieaktywny").content.decode()
    assert card.offers.exists()


def test_it_works_after_all(client, card):
    closed(card)
    reopen(organisation_id=card.pk, actor=None, now=NOW)
    assert (CatalogueEntry.objects.count(), OfferEntry.objects.count()) == (1, 1)
    assert "zakończył działalność" not in client.get("/katalog/zielony-prog/").content.decode()
    reopen(organisation_id=card.pk, actor=None, now=NOW)


def test_closing_again_corrects(card):
    closed(card)
    closed(card, date(2026, 6, 1), "uchwała")
    assert Closing.objects.values_list("ended_on", "reason").get() == (date(2026, 6, 1), "uchwała")


@pytest.mark.parametrize(
    ("given", "words"),
    [({"reason": " "}, "skąd wiadomo"), ({"on": TODAY + timedelta(days=1)}, "jeszcze nie nadszedł")],
)
def test_what_cannot_be_is_refused(card, given, words):
    with pytest.raises(Refused, match=words):
        closed(card, **given)


def test_a_valid_mark_ends_first(card):
    OfferMarkFactory(offer=card.offers.get())
    with pytest.raises(Refused, match="ważny znak"):
        closed(card)


def test_the_unit_ends_with_its_card(card):
    unit = UnitFactory(started_on=date(2026, 1, 1))
    of_unit = OrganisationFactory(unit=unit, institution=unit.operator, kind_id="wtz", published=True)
    with pytest.raises(Refused, match="przed jej początkiem"):
        closed(of_unit, date(2025, 12, 31))
    closed(of_unit)
    unit.refresh_from_db()
    assert unit.ended_on == MAY
    reopen(organisation_id=of_unit.pk, actor=None, now=NOW)
    unit.refresh_from_db()
    assert unit.ended_on is None


def test_the_end_of_one_written_down_twice_does_not_close_the_other(card):
    twin = OrganisationFactory(published=True)
    closed(twin)
    merge(keep_id=card.pk, drop_id=twin.pk, now=NOW)
    assert not Closing.objects.exists()
    assert CatalogueEntry.objects.get().pk == card.pk


def test_the_page_of_the_desk_renames_closes_and_takes_back(client, card):
    client.force_login(account(Role.COORDINATOR))
    address = reverse("admin:registry_organisation_life", args=[card.pk])
    assert client.post(address, {"krok": "adres", "slug": "Zły adres"}).status_code == 422
    client.post(address, {"krok": "adres", "slug": "nowy-prog"})
    assert "/katalog/zielony-prog/" in client.get(address).content.decode()
    change = reverse("admin:registry_organisation_change", args=[card.pk])
    assert "/katalog/zielony-prog/" in client.get(change).content.decode()
    assert client.post(address, {"krok": "koniec", "on": "2126-01-01", "reason": "x"}).status_code == 422
    client.post(address, {"krok": "koniec", "on": "2026-05-03", "reason": "uchwała"})
    assert Closing.objects.get().reason == "uchwała"
    client.post(address, {"krok": "powrot"})
    assert not Closing.objects.exists()
    assert client.post(address, {"krok": "nonsens"}).status_code == 200
