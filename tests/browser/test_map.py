"""The map of a result in a real browser: by keyboard, by mouse, by axe, without scripts, and after htmx."""

import pytest

from tests.registry.factories import OrganisationFactory, refresh

PHONE = {"width": 360, "height": 740}
WIDE = {"width": 1280, "height": 800}
MAP = "/katalog/?view=mapa"


@pytest.fixture
def cards(transactional_db):
    """Three in Wrocław, two of them with coordinates in one place; one in Kłodzko."""
    places = [("0264011", 51.1, 17.03), ("0264011", 51.1, 17.03), ("0264011", None, None), ("0208021", 50.44, 16.65)]
    cards = [
        OrganisationFactory(
            slug=f"karta-{number}",
            institution__name=f"<b>Karta</b> {number}",
            institution__municipality_id=municipality,
            latitude=latitude,
            longitude=longitude,
            published=True,
        )
        for number, (municipality, latitude, longitude) in enumerate(places)
    ]
    refresh(*cards)
    return cards


def open_map(page, path=MAP, viewport=WIDE):
    page.set_viewport_size(viewport)
    page.goto(path)
    page.locator("[data-map][data-ready]").wait_for()


def links(page):
    return page.locator("[data-map]").get_by_role("link")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, WIDE])
@pytest.mark.parametrize("path", [MAP, f"{MAP}&powiat=0264"])
def test_axe_finds_nothing_on_the_map(page, axe, cards, path, viewport, scheme):
    page.emulate_media(color_scheme=scheme)
    open_map(page, path, viewport)
    axe(page)
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_counties_where_something_is_are_named_links_and_enter_opens_them(page, cards):
    open_map(page)
    names = [link.get_attribute("aria-label") for link in links(page).all()]
    assert names == ["powiat kłodzki: 1 podmiot", "Wrocław: 3 podmioty"]
    page.locator("[data-map]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Wrocław: 3 podmioty"
    page.get_by_role("tooltip", name="Wrocław: 3 podmioty").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/katalog/?powiat=0264&view=mapa")
    assert page.locator("#result-count").get_attribute("value") == "3"


def test_municipality_of_a_chosen_county_narrows_the_list_further(page, cards):
    open_map(page, f"{MAP}&powiat=0208&kind=spoldzielnia_socjalna")
    links(page).and_(page.get_by_label("Kłodzko (gmina miejska): 1 podmiot")).click()
    page.wait_for_url("**/katalog/?kind=spoldzielnia_socjalna&gmina=0208021&view=mapa")
    assert page.locator("#result-count").get_attribute("value") == "1"


def test_chosen_municipality_shows_the_places_themselves(page, cards):
    open_map(page, f"{MAP}&gmina=0208021")
    card = page.locator("[data-map]").get_by_role("link", name="<b>Karta</b> 3")
    card.focus()
    assert page.get_by_role("tooltip").inner_text() == "<b>Karta</b> 3"
    page.keyboard.press("Enter")
    page.wait_for_url("**/katalog/karta-3/")


def test_places_that_would_cover_each_other_are_one_with_their_sum(page, cards):
    open_map(page, f"{MAP}&gmina=0264011")
    names = {element.get_attribute("aria-label") for element in page.locator("[data-map] .leaflet-marker-icon").all()}
    assert names == {"W tym miejscu: 2 podmioty", "Wrocław: 1 podmiot"}


def test_arrows_and_plus_move_the_map(page, cards):
    open_map(page)
    page.locator("[data-map]").focus()
    before = page.locator("[data-map] .leaflet-map-pane").get_attribute("style")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert page.locator("[data-map] .leaflet-map-pane").get_attribute("style") != before


def test_list_under_the_map_is_the_same_result(page, cards):
    open_map(page, f"{MAP}&powiat=0264")
    assert page.locator(".rows h3").all_inner_texts() == ["<b>Karta</b> 0", "<b>Karta</b> 1", "<b>Karta</b> 2"]


def test_numbers_are_there_without_scripts(browser, live_server, cards):
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(MAP)
        page.get_by_role("link", name="Wrocław", exact=True).click()
        assert page.url.endswith("/katalog/?powiat=0264&view=mapa")
        assert page.locator("#result-count").get_attribute("value") == "3"


def test_map_is_drawn_anew_when_a_filter_changes(page, cards):
    open_map(page)
    page.get_by_role("checkbox", name="kłodzki").check()
    page.locator("[data-map][data-ready][data-query*='powiat=0208']").wait_for()
    assert page.locator("#result-count").get_attribute("value") == "1"
    assert [link.get_attribute("aria-label") for link in page.locator("[data-map] .leaflet-marker-icon").all()] == [
        "Kłodzko (gmina miejska): 1 podmiot"
    ]


def test_list_does_not_load_the_map(page, cards):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/katalog/")
    page.wait_for_load_state("networkidle")
    assert [address for address in asked if "leaflet" in address or "map." in address or "mapa" in address] == []


def test_without_the_figures_the_reader_is_told_and_the_numbers_stay(page, cards, complaints):
    page.route("**/katalog/mapa.json*", lambda route: route.abort())
    page.goto(MAP)
    page.get_by_text("Nie udało się narysować mapy.").wait_for()
    assert page.get_by_role("link", name="Wrocław", exact=True).is_visible()
    assert len(complaints) == 2  # the browser notes the request and the script its end
    complaints.clear()
