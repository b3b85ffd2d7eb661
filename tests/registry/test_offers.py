import re
from datetime import date

import pytest

from registry.cards.areas import Areas
from registry.models import Offer, Organisation
from tests.registry.factories import (
    NOW,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    ReferenceFactory,
)
from tests.registry.test_cards import facts, json_ld, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-22 12:00")]


def offer_of(**fields):
    return OfferFactory(organisation=OrganisationFactory(published_at=NOW, serves=["0264"]), **fields)


def page_of(client, offer, status=200):
    response = client.get(offer.get_absolute_url())
    assert response.status_code == status
    return response.content.decode()


def test_offer_tells_a_buyer_what_to_write_into_the_papers(client):
    offer = offer_of(
        description="Codziennie albo raz w tygodniu.",
        capacity="Do 4 000 m² dziennie",
        codes=["90919200"],
        serves=["0208"],
    )
    html = page_of(client, offer)
    assert "<h1>Sprzątanie biur</h1>" in html
    assert "<p>Codziennie albo raz w tygodniu.</p>" in html
    assert facts(html) == {
        "Kategoria": "Sprzątanie",
        "CPV": "90919200-4 Usługi sprzątania biur",
        "Ile i jak szybko": "Do 4 000 m² dziennie",
        "Obszar": "powiat kłodzki",
        "Zamówienia zastrzeżone": "art. 94 Pzp z mocy prawa: spółdzielnia socjalna",
        "Telefon": "71 000 00 00",
        "E-mail": "biuro@example.pl",
        "Adres": "ul. Drukarska 37; 53-311 Wrocław",
    }
    assert f'<a href="{offer.organisation.get_absolute_url()}">{offer.organisation}</a>' in html


def test_offer_without_an_area_of_its_own_serves_where_the_organisation_does(client):
    assert facts(page_of(client, offer_of()))["Obszar"] == "Wrocław"


def test_classification_that_nobody_confirmed_is_said_to_be_proposed(client):
    proposed = offer_of(confirmed_at=None)
    plain = offer_of(confirmed_at=None, category_id=None)
    assert "dobrano automatycznie" in page_of(client, proposed)
    assert "dobrano automatycznie" not in page_of(client, plain)
    assert "dobrano automatycznie" not in page_of(client, offer_of())


def test_mark_is_shown_with_number_and_dates_and_past_periods_apart(client):
    offer = offer_of()
    OfferMarkFactory(offer=offer, number="ZP/2026/014")
    OfferMarkFactory(offer=offer, number="ZP/2025/003", granted_on=date(2025, 3, 1), valid_until=date(2026, 2, 28))
    OfferMarkFactory(
        offer=offer, number="ZP/2024/001", granted_on=date(2024, 3, 1), valid_until=date(2025, 2, 28), state="odebrany"
    )
    html = page_of(client, offer)
    assert ">Zakup Prospołeczny do 28\xa0lutego\xa02027<" in html
    past = re.search(r'aria-labelledby="dawne-znaki">(.*?)</section>', html, re.S)[1]
    assert [text_of(line) for line in re.findall(r"<li>(.*?)</li>", past, re.S)] == [
        "ZP/2025/003 , od 1 marca 2025 do 28 lutego 2026: wygasł",
        "ZP/2024/001 , od 1 marca 2024 do 28 lutego 2025: odebrany",
    ]


def test_offer_shows_its_own_references_and_the_other_offers(client):
    offer = offer_of()
    other = OfferFactory(organisation=offer.organisation, name="Druk ulotek")
    ReferenceFactory(organisation=offer.organisation, offer=offer, subject="biblioteki")
    ReferenceFactory(organisation=offer.organisation, offer=other, subject="plakaty")
    html = page_of(client, offer)
    assert "biblioteki" in html
    assert "plakaty" not in html
    assert f'<a href="{other.get_absolute_url()}">Druk ulotek</a>' in html


def test_another_name_in_the_address_leads_to_the_right_one(client):
    offer = offer_of(name="Sprzątanie biur, Łódź i źdźbła")
    assert offer.get_absolute_url() == f"/oferty/{offer.pk}-sprzatanie-biur-lodz-i-zdzbla/"
    response = client.get(f"/oferty/{offer.pk}-stara-nazwa/")
    assert (response.status_code, response["Location"]) == (301, offer.get_absolute_url())


def test_offer_exists_only_while_it_and_its_organisation_are_public(client):
    offer = offer_of()
    address = offer.get_absolute_url()
    assert client.get(address).status_code == 200
    Organisation.objects.update(published_at=None)
    assert client.get(address).status_code == 404
    Organisation.objects.update(removed_at=NOW)
    assert client.get(address).status_code == 410
    Organisation.objects.update(published_at=NOW, removed_at=None)
    Offer.objects.update(removed_at=NOW)
    assert client.get(address).status_code == 410
    assert client.get("/oferty/999999999999999999999-x/").status_code == 404


def test_structured_data_names_the_seller(client):
    offer = offer_of()
    data, trail = json_ld(page_of(client, offer))
    assert data["@type"] == "Offer"
    seller = f"http://testserver{offer.organisation.get_absolute_url()}"
    assert data["offeredBy"] == {
        "@type": "Organization",
        "@id": seller,
        "name": offer.organisation.institution.name,
        "url": seller,
    }
    assert data["itemOffered"]["provider"] == {"@id": seller}
    assert [item["name"] for item in trail["itemListElement"]] == ["Oferty", "Sprzątanie", "Sprzątanie biur"]


@pytest.mark.parametrize("rows", [1, 30])
def test_number_of_queries_does_not_grow_with_the_offers(client, rows, django_assert_num_queries):
    offer = offer_of(codes=["90919200"])
    for _ in range(rows):
        OfferMarkFactory(offer=OfferFactory(organisation=offer.organisation, codes=["90911200"]))
    with django_assert_num_queries(13):
        page_of(client, offer)


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ([], ""),
        (["PL", "0264"], "cały kraj"),
        (["02", "0264", "0208021"], "całe województwo dolnośląskie"),
        (["0264", "0208", "0221", "0208021"], "Wrocław, powiaty kłodzki i wałbrzyski"),
        (["0208", "0221", "0224"], "powiaty kłodzki, wałbrzyski i ząbkowicki"),
        (["0219011", "0219072"], "gminy Świdnica (gmina miejska) i Świdnica (gmina wiejska)"),
        (["0264", "1061"], "Wrocław, także poza regionem"),
        (["10"], "poza regionem"),
    ],
)
def test_area_is_told_the_way_people_say_it(codes, words):
    assert Areas(codes).words(codes) == words
