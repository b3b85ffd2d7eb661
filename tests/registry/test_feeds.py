from datetime import UTC, datetime

import pytest
from defusedxml import ElementTree

from core import front_page
from registry.models import CatalogueEntry, Institution, Organisation
from tests.registry.factories import (
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    SocialEnterpriseStatusFactory,
    refresh,
)

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-22 12:00")]
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def card(name, **fields):
    return OrganisationFactory(institution__name=name, published=True, **fields)


def feed(client, query="", status=200):
    response = client.get(f"/katalog/atom.xml{query}")
    assert response.status_code == status
    return ElementTree.fromstring(response.content) if status == 200 else response.content.decode()


def titles(tree):
    return [entry.findtext(f"{ATOM}title") for entry in tree.iter(f"{ATOM}entry")]


def changed(organisation, *when):
    CatalogueEntry.objects.filter(pk=organisation.pk).update(changed_at=datetime(*when, tzinfo=UTC))


def test_feed_tells_the_newest_first_with_what_a_reader_program_needs(client):
    old, new = card("Dawna", slug="dawna"), card("Nowa", slug="nowa", description="Catering.")
    changed(old, 2026, 11, 23)
    changed(new, 2026, 11, 24, 10)
    OrganisationFactory(institution__name="Szkic")
    tree = feed(client)
    assert titles(tree) == ["Nowa", "Dawna"]
    assert tree.findtext(f"{ATOM}updated") == "2026-11-24T10:00:00+00:00"
    assert tree.findtext(f"{ATOM}author/{ATOM}name")
    assert [link.attrib for link in tree.findall(f"{ATOM}link")] == [
        {"rel": "alternate", "href": "http://testserver/katalog/"},
        {"rel": "self", "href": "http://testserver/katalog/atom.xml"},
    ]
    entry = tree.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id").startswith("tag:testserver,2026:katalog:")
    assert entry.findtext(f"{ATOM}updated") == "2026-11-24T10:00:00+00:00"
    assert entry.findtext(f"{ATOM}published")
    assert entry.findtext(f"{ATOM}summary") == "spółdzielnia socjalna · Wrocław · Catering."


def test_feed_takes_the_query_string_of_the_list(client):
    card("Wrocławska")
    card("Kłodzka", institution__municipality_id="0208021")
    tree = feed(client, "?powiat=0208&sort=nazwa&page=1")
    assert titles(tree) == ["Kłodzka"]
    links = {link.attrib["rel"]: link.attrib["href"] for link in tree.findall(f"{ATOM}link")}
    assert links["alternate"] == "http://testserver/katalog/?powiat=0208&sort=nazwa&page=1"
    assert titles(feed(client, "?ps=1")) == []


@pytest.mark.parametrize("query", ["?powiat=9999", "?kind=nie-ma", "?ps=2", "?page=-1"])
def test_unknown_filter_value_is_refused_with_the_reason(client, query):
    card("Jakaś")
    assert feed(client, query, status=400).startswith(query.strip("?").partition("=")[0])


def test_feed_holds_fifty_in_a_number_of_queries_that_does_not_grow(client, django_assert_num_queries):
    card("Pierwsza")
    with django_assert_num_queries(3):
        feed(client)
    for number in range(55):
        card(f"Karta {number}")
    with django_assert_num_queries(3):
        assert len(titles(feed(client))) == 50


def test_name_with_markup_or_letters_that_xml_cannot_write_does_not_break_the_feed(client):
    card("A & B <b>„x”</b>\x0b\x1f", description="<script>alert(1)</script>")
    tree = feed(client)
    assert titles(tree) == ["A & B <b>„x”</b>  "]
    summary = tree.find(f"{ATOM}entry/{ATOM}summary")
    assert summary.attrib == {"type": "html"}
    assert "&lt;script&gt;" in summary.text


def test_second_reading_of_the_feed_is_short(client):
    card("Jakaś")
    response = client.get("/katalog/atom.xml")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response.cookies == {}
    assert client.get("/katalog/atom.xml", headers={"If-None-Match": response["ETag"]}).status_code == 304


def locations(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return [node.text for node in ElementTree.fromstring(response.content).iter(f"{SITEMAP}loc")]


def test_sitemap_lists_every_public_page_once(client):
    organisation = card("Jawna", slug="jawna")
    offer = OfferFactory(organisation=organisation, name="Łóżka i stoły")
    refresh(organisation)
    OfferFactory(organisation=OrganisationFactory(institution__name="Szkic"))
    assert locations(client, "/sitemap.xml") == [
        f"http://testserver/sitemap-{section}.xml"
        for section in (
            "strony", "podmioty", "oferty", "wydarzenia", "projekty", "zamowienia", "plany", "statystyki",
            "znaki", "otwarte-dane",
        )
    ]  # fmt: skip
    assert locations(client, "/sitemap-podmioty.xml") == ["http://testserver/katalog/jawna/"]
    assert locations(client, "/sitemap-oferty.xml") == [f"http://testserver{offer.get_absolute_url()}"]
    assert client.get("/sitemap-nie-ma.xml").status_code == 404
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_every_address_of_the_sitemap_answers(client):
    organisation = card("Jawna", slug="jawna")
    OfferFactory(organisation=organisation, name="Łóżka i stoły")
    refresh(organisation)
    for section in ("strony", "podmioty", "oferty"):
        for address in locations(client, f"/sitemap-{section}.xml"):
            assert client.get(address).status_code == 200


def test_sitemap_index_does_not_read_every_row(client, django_assert_num_queries):
    for number in range(3):
        card(f"Karta {number}")
    with django_assert_num_queries(14):
        locations(client, "/sitemap.xml")


def figures(client):
    return {figure["label"]: (figure["value"], figure["url"]) for figure in front_page.context().get("figures", [])}


def test_front_page_shows_real_figures_and_the_categories_with_most_offers(client):
    organisation, other = card("Jawna"), card("Druga")
    SocialEnterpriseStatusFactory(institution=organisation.institution)
    for name, category in (("Druk", "poligrafia"), ("Catering", "catering"), ("Obiady", "catering")):
        offer = OfferFactory(organisation=organisation, name=name, category_id=category)
    OfferMarkFactory(offer=offer)
    OfferFactory(organisation=other, category_id=None)
    OfferFactory(organisation=OrganisationFactory(institution__name="Szkic"))
    refresh(organisation, other)
    assert figures(client) == {
        "podmioty w katalogu": (2, "/katalog/"),
        "oferty": (4, "/oferty/"),
        "przedsiębiorstwo społeczne": (1, "/katalog/?ps=1"),
        "oferta ze znakiem": (1, "/oferty/?mark=1"),
    }
    html = client.get("/").content.decode()
    assert '<a href="/katalog/?ps=1">przedsiębiorstwo społeczne</a>' in html
    assert 'Często: <a href="/oferty/?category=catering">catering i żywność</a>' in html


def test_front_page_of_an_empty_register_has_no_figures(client):
    assert figures(client) == {}
    assert client.get("/").status_code == 200


def test_withdrawn_card_leaves_feed_and_sitemap(client):
    organisation = card("Jawna")
    Organisation.objects.update(published_at=None)
    refresh(organisation)
    assert Institution.objects.count() == 1
    assert titles(feed(client)) == []
    assert locations(client, "/sitemap-podmioty.xml") == []
