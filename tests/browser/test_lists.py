"""The lists in a real browser: accessible, refreshed in place, and usable without scripts."""

import pytest
from playwright.sync_api import expect

from registry.models import Organisation
from tests.registry.factories import (
    NOW,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    SocialEnterpriseStatusFactory,
    refresh,
)

PAGES = {
    "catalogue": "/katalog/",
    "search": "/katalog/?q=sprzątanie&powiat=0264&powiat=0208",
    "faulty": "/katalog/?powiat=9999&cpv=1&ps=2&page=x",
    "nothing": "/katalog/?q=xyzzy",
    "map": "/katalog/?view=mapa",
    "offers": "/oferty/",
    "offers searched": "/oferty/?q=sprzątanie&category=sprzatanie",
}


@pytest.fixture
def region(transactional_db):
    for number, municipality in enumerate(["0264011"] * 23 + ["0208021"] * 3):
        card = OrganisationFactory(
            institution__name=f"Firma {number:02}",
            institution__municipality_id=municipality,
            description="Sprzątanie biur i catering. " * 8,
            verified_on="2026-11-03",
        )
        offer = OfferFactory(organisation=card, category_id=["sprzatanie", "catering"][number % 2])
        if number % 4 == 0:
            SocialEnterpriseStatusFactory(institution=card.institution)
            OfferMarkFactory(offer=offer)
    Organisation.objects.update(published_at=NOW)
    refresh()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_have_no_violation_that_axe_knows(region, page, axe, path, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    axe(page)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_pages_fit_a_narrow_window(region, page, path):
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_choice_refreshes_the_result_keeps_the_focus_and_is_announced(region, page):
    page.goto("/katalog/")
    expect(page.locator("#result-count")).to_have_text("26 podmiotów")
    page.locator("#f-powiat-0208").focus()
    page.keyboard.press("Space")
    expect(page.locator("#result-count")).to_have_text("3 podmioty")
    expect(page.locator("#f-powiat-0208")).to_be_focused()
    expect(page.locator("#f-powiat-0208")).to_be_checked()
    expect(page.locator("#announcer")).to_have_text("3 podmioty")
    expect(page).to_have_url("/katalog/?powiat=0208")
    expect(page.get_by_label("Usuń filtr: powiat kłodzki")).to_be_visible()


def test_back_and_forward_show_what_was_there(region, page):
    page.goto("/katalog/")
    page.locator("#f-powiat-0208").check()
    expect(page.locator("#result-count")).to_have_text("3 podmioty")
    page.go_back()
    expect(page.locator("#result-count")).to_have_text("26 podmiotów")
    expect(page.locator("#f-powiat-0208")).not_to_be_checked()
    page.go_forward()
    expect(page.locator("#result-count")).to_have_text("3 podmioty")


def test_searching_sorting_and_turning_pages_happen_in_place(region, page):
    page.goto("/katalog/")
    page.evaluate("window.stillHere = true")
    page.get_by_label("Czego szukasz?").fill("sprzątanie biur")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/katalog/?q=sprz%C4%85tanie%20biur")
    page.get_by_label("Kolejność").select_option("nowe")
    expect(page).to_have_url("/katalog/?q=sprz%C4%85tanie%20biur&sort=nowe")
    page.get_by_role("link", name="Następna").click()
    expect(page.get_by_text("Strona 2 z 2")).to_be_visible()
    expect(page.locator(".rows .row")).to_have_count(6)
    page.get_by_role("link", name="Poprzednia").click()
    expect(page.locator(".rows .row")).to_have_count(20)
    assert page.evaluate("window.stillHere")


def test_the_filters_of_a_phone_stay_open_while_choosing(region, page):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/katalog/")
    expect(page.locator("#f-powiat-0208")).not_to_be_visible()
    page.get_by_text("Filtry", exact=True).click()
    page.locator("#f-powiat-0208").check()
    expect(page.locator("#result-count")).to_have_text("3 podmioty")
    expect(page.locator("#f-powiat-0208")).to_be_visible()


def test_everything_works_without_scripts(region, browser, live_server):
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/katalog/")
        page.get_by_label("Czego szukasz?").fill("sprzątania biur")
        page.locator("#f-powiat-0208").check()
        page.get_by_role("button", name="Pokaż wyniki").click()
        expect(page.locator("#result-count")).to_have_text("3 podmioty")
        expect(page.get_by_label("Czego szukasz?")).to_have_value("sprzątania biur")
        page.get_by_label("Usuń filtr: powiat kłodzki").click()
        expect(page.locator("#result-count")).to_have_text("26 podmiotów")
