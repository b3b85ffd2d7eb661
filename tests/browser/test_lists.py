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


FOCUSED_IS_COVERED = """() => {
    const box = document.activeElement.getBoundingClientRect();
    const above = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return above !== document.activeElement && !document.activeElement.contains(above);
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_without_scripts_the_results_are_one_press_away_and_the_focus_is_seen(region, browser, live_server, width):
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 640})
        page.goto("/katalog/")
        if width == 360:
            page.locator("#filters > summary").press("Enter")
        page.locator("#filters summary").last.press("Enter")
        show = page.get_by_role("button", name="Pokaż wyniki")
        page.get_by_label("Czego szukasz?").focus()
        passed = 0
        while not show.evaluate("button => button === document.activeElement"):
            page.keyboard.press("Tab")
            assert not page.evaluate(FOCUSED_IS_COVERED), page.evaluate("document.activeElement.outerHTML")
            passed += 1
            if page.evaluate("document.activeElement.type") == "checkbox":
                expect(show).to_be_in_viewport(ratio=1)
        assert passed > 15


@pytest.mark.parametrize("path", ["/", "/katalog/", "/oferty/"])
def test_a_telephone_shows_the_whole_example_of_a_search(region, page, path):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(path)
    text, room = page.locator("#q").evaluate("""field => {
        const style = getComputedStyle(field), pen = document.createElement("canvas").getContext("2d");
        pen.font = `${getComputedStyle(field, "::placeholder").fontSize} ${style.fontFamily}`;
        const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
        return [pen.measureText(field.placeholder).width, field.clientWidth - padding];
    }""")
    assert 0 < text <= room


@pytest.mark.parametrize("path", ["/katalog/", "/oferty/?q=sprzątanie"])
def test_a_telephone_shows_list_map_and_order_in_one_line(region, page, path):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(path)
    bar = page.locator(".actions").evaluate("bar => bar.getBoundingClientRect().height")
    order = page.locator("#f-sort").evaluate("field => field.getBoundingClientRect().height")
    assert bar < 1.5 * order
