"""Badges of the catalogue without a mark of this portal: they lead to what is known of them, and to no more."""

from datetime import date

import pytest

from registry.models import Offer, OfferMark
from tests.quality_mark.factories import NOW
from tests.quality_mark.marks import marked, offer
from tests.registry.factories import refresh

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
PAGE = "/znak/weryfikacja/ZP-2024-P01/"


@pytest.fixture
def badge():
    row = OfferMark.objects.create(
        offer=offer(), number="ZP/2024/P01", granted_on=date(2026, 3, 1), valid_until=date(2027, 2, 28)
    )
    refresh(row.offer.organisation)
    return row


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.text.replace("\xa0", " ")


def test_every_badge_of_the_catalogue_leads_to_what_is_known_of_it(client, badge):
    card = badge.offer.organisation
    leads = {
        "/katalog/": f"/znak/podmiot/{card.pk}/",
        card.get_absolute_url(): PAGE,
        "/oferty/": f"/znak/oferta/{badge.offer_id}/",
        badge.offer.get_absolute_url(): PAGE,
    }
    for page, address in leads.items():
        assert f'href="{address}"' in text(client, page), page
        shown = text(client, address)
        assert "Znaku nie przyznano w tym portalu" in shown
        assert "od 1 marca 2026 do 28 lutego 2027" in shown
        assert ">ważny<" in shown
        assert badge.offer.name in shown


def test_a_number_of_the_catalogue_is_not_called_a_forgery(client, badge):
    assert "nikomu nie przyznaliśmy" not in text(client, PAGE)
    assert client.get("/znak/weryfikacja/", {"numer": "ZP/2024/P01"}).headers["Location"] == PAGE
    told = client.get(f"{PAGE.rstrip('/')}.json")
    assert told.headers["Access-Control-Allow-Origin"] == "*"
    line = told.json()
    assert (line["number"], line["status"], line["history"]) == ("ZP/2024/P01", "wazny", [])
    assert "nie przyznano w tym portalu" in line["note"]
    assert text(client, "/znak/weryfikacja/ZP-2024-P02/", 404).count("nikomu nie przyznaliśmy") == 1
    assert client.get(f"{PAGE}znaczek.svg").status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": "odebrany"}, "odebrany"),
        ({"state": "zawieszony"}, "zawieszony"),
        ({"valid_until": date(2026, 11, 22)}, "wygasł"),
        ({"granted_on": date(2026, 12, 1)}, "jeszcze nie obowiązuje"),
    ],
)
def test_it_says_how_the_badge_stands_today_and_forgets_what_stood_before(client, badge, change, words):
    first = client.get(PAGE)
    assert client.get(PAGE, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    OfferMark.objects.update(**change)
    again = client.get(PAGE, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 200
    assert f">{words}<" in again.text.replace("\xa0", " ")


def test_what_is_no_longer_public_is_not_told(client, badge):
    addresses = [PAGE, f"/znak/oferta/{badge.offer_id}/", f"/znak/podmiot/{badge.offer.organisation_id}/"]
    Offer.objects.update(removed_at=NOW)
    for address in addresses:
        assert client.get(address).status_code == 404


def test_a_mark_goes_before_the_badge_that_it_has_written(client):
    mark = marked()
    page = f"/znak/weryfikacja/{mark.number.replace('/', '-')}/"
    assert client.get(f"/znak/oferta/{mark.offer_id}/").headers["Location"] == page
    assert "nie przyznano w tym portalu" not in text(client, page)


@pytest.mark.parametrize("typed", ["%00", "ZP-2024-P01%00", "-" * 10_000, "%E2%98%83"])
def test_whatever_stands_in_the_address_is_answered(client, badge, typed):
    assert client.get(f"/znak/weryfikacja/{typed}/").status_code in (200, 400, 404)
    assert client.get("/znak/weryfikacja/?numer=" + typed).status_code in (200, 302, 400, 404)
