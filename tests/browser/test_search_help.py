"""What a list says when a search is not understood at once: readable on a phone, and heard."""

import pytest
from playwright.sync_api import expect

from registry.models import Organisation, SearchWord
from tests.registry.factories import NOW, OfferFactory, OrganisationFactory, refresh

PAGES = {
    "a word too many": "?q=sprzątanie+biur+betoniarnia&powiat=0264",
    "a filter too many": "?q=sprzątanie&powiat=0208&kind=ngo",
    "mended in vain": "?q=sprzontanie+betoniarnia",
    "mended": "?q=sprzontanie+biur",
    "code": "?q=9091",
    "code and number": "?q=909100",
    "wrong digit": "?q=90910000-8&cpv=90910000-7",
    "no such number": "?q=NIP+8990000000",
}


@pytest.fixture
def region(transactional_db):
    for number in range(3):
        card = OrganisationFactory(
            institution__name=f"Spółdzielnia Socjalna „Czysty Kąt” {number}",
            institution__krs=f"000090910{number}",
            description="Sprzątanie biur i catering. " * 8,
        )
        OfferFactory(organisation=card, codes=["90919200"])
    SearchWord.objects.create(folded="sprzatanie", display="sprzątanie")
    Organisation.objects.update(published_at=NOW)
    refresh()


@pytest.mark.parametrize("path", ["/katalog/", "/oferty/"])
def test_help_fits_a_phone_and_axe_finds_nothing(region, page, axe, path):
    for query in PAGES.values():
        for width in (320, 360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(path + query)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, query
        axe(page)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("sprzątanie", "3 podmioty"),
        ("sprzątanie betoniarnia", "0 podmiotów. Są za to wyniki. bez słowa „betoniarnia”: 3 wyniki"),
        ("9091", "Rozumiemy to jako kod CPV 90910000-9 Usługi sprzątania razem z kodami podrzędnymi. 3 podmioty"),
        ("NIP 8990000000", "0 podmiotów. Nie mamy podmiotu o takim numerze. Sprawdź cyfry albo wpisz nazwę"),
    ],
)
def test_what_was_understood_and_what_may_be_done_is_heard(region, page, typed, said):
    page.goto("/katalog/")
    page.get_by_label("Czego szukasz?").fill(typed)
    page.keyboard.press("Enter")
    expect(page.locator("#announcer")).to_have_text(said)


def test_a_link_searches_with_a_word_less(region, page):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/katalog/?q=sprzątanie+betoniarnia&powiat=0264")
    page.get_by_role("link", name="bez słowa „betoniarnia”: 3 wyniki").click()
    expect(page.get_by_label("Czego szukasz?")).to_have_value("sprzątanie")
    expect(page.locator("#result-count")).to_have_text("3 podmioty")
    expect(page.get_by_label("Usuń filtr: Wrocław")).to_be_visible()
