"""/oferty/: one line for each product or service."""

import re

import pytest

from registry.models import Organisation
from tests.registry.factories import NOW, OfferFactory, OfferMarkFactory, OrganisationFactory, refresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def offers():
    kitchen = OrganisationFactory(institution__name="Kuchnia", kind_id="ngo", slug="kuchnia")
    tidy = OrganisationFactory(
        institution__name="Czysty Kąt", slug="czysty-kat", institution__municipality_id="0208021"
    )
    OfferFactory(organisation=kitchen, name="Żurek na wynos", category_id="catering", codes=["55520000"])
    OfferFactory(organisation=kitchen, name="Obiady", category_id="catering")
    OfferMarkFactory(offer=OfferFactory(organisation=tidy, name="Łagodne mycie okien"))
    Organisation.objects.update(published_at=NOW)
    refresh()


def names(response):
    return [
        re.sub(r"<[^>]+>", "", name) for name in re.findall(r"<h3><a [^>]+>(.*?)</a></h3>", response.content.decode())
    ]


def test_offers_stand_in_polish_alphabetical_order(client, offers):
    assert names(client.get("/oferty/")) == ["Łagodne mycie okien", "Obiady", "Żurek na wynos"]


def test_a_line_names_the_offer_its_maker_and_the_mark(client, offers):
    html = client.get("/oferty/?mark=1").content.decode()
    pk = Organisation.objects.get(slug="czysty-kat").offers.get().pk
    assert f'<a href="/oferty/{pk}-lagodne-mycie-okien/">Łagodne mycie okien</a>' in html
    assert '<a href="/katalog/czysty-kat/">Czysty Kąt</a>' in html
    assert 'class="badge mark" href="/znak/oferta/' in html


def test_the_address_of_a_line_is_that_of_the_offer(client, offers):
    for url in re.findall(r'<h3><a href="([^"]+)"', client.get("/oferty/").content.decode()):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("category=catering", ["Obiady", "Żurek na wynos"]),
        ("powiat=0208", ["Łagodne mycie okien"]),
        ("kind=ngo", ["Obiady", "Żurek na wynos"]),
        ("cpv=55500000-5", ["Żurek na wynos"]),
        ("q=mycia okna", ["Łagodne mycie okien"]),
        ("q=czysty kąt", ["Łagodne mycie okien"]),
        ("q=55520000-1", ["Żurek na wynos"]),
        ("category=catering&powiat=0208", []),
        ("category=nieznana", []),
    ],
)
def test_offers_are_filtered(client, offers, query, found):
    assert names(client.get(f"/oferty/?{query}")) == found


def test_an_offer_that_was_removed_is_not_listed(client, offers):
    kitchen = Organisation.objects.get(slug="kuchnia")
    kitchen.offers.filter(name="Obiady").update(removed_at=NOW)
    refresh(kitchen)
    assert names(client.get("/oferty/?kind=ngo")) == ["Żurek na wynos"]


def test_a_number_lists_the_offers_of_its_card(client, offers):
    card = Organisation.objects.get(slug="kuchnia")
    assert names(client.get(f"/oferty/?q={card.institution.nip}")) == ["Obiady", "Żurek na wynos"]
