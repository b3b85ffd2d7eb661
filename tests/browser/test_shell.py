"""The shell in a real browser: keyboard, narrow screens, the person's own colours, and axe on every page."""

import pytest
from playwright.sync_api import expect

from accounts.choices import Role
from tests.accounts.factories import account
from tests.browser.doors import sign_in

PAGES = [
    "/",
    "/deklaracja-dostepnosci/",
    "/prywatnosc/",
    "/zrodla-danych/",
    "/kontakt/",
    "/mapa-strony/",
    "/styl/",
]
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 800}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page, axe, path, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(path)
    axe(page)


@pytest.mark.parametrize("contrast", ["no-preference", "more"])
def test_axe_finds_nothing_in_high_contrast_on_a_phone(page, axe, contrast):
    page.emulate_media(contrast=contrast)
    page.set_viewport_size(NARROW)
    page.goto("/styl/")
    axe(page)


def test_error_pages_pass_axe_too(page, axe, complaints):
    page.goto("/nie/ma/takiej/")
    axe(page)
    assert len(complaints) == 1  # the browser notes the 404 itself
    complaints.clear()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_at_320_pixels(page, path):
    page.set_viewport_size(NARROW)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("viewport", [NARROW, WIDE])
def test_everything_one_can_press_is_24_pixels_high_or_stands_in_a_sentence(page, viewport):
    page.set_viewport_size(viewport)
    page.goto("/styl/")
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, input, select, textarea")]
          .filter(e => e.checkVisibility() && !e.closest("p, h1, h2, h3, h4, label, .notice, .skip, dt, dd"))
          .map(e => [e.textContent.trim() || e.name, Math.round(e.getBoundingClientRect().height)])
          .filter(([, height]) => height < 24)"""
    )
    assert small == []


def test_the_first_tab_stop_leads_past_the_masthead(page):
    page.goto("/kontakt/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("e => e === document.activeElement && e.getBoundingClientRect().top >= 0")
    # Nothing lies over it: the masthead is drawn above the page.
    assert skip.evaluate("e => e === document.elementFromPoint(e.offsetLeft + 20, e.offsetTop + 20)")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_focus_is_always_visible(page):
    page.goto("/styl/")
    page.keyboard.press("Tab")
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "3px"


def test_on_a_phone_the_masthead_is_one_row_and_the_menu_opens_by_keyboard(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/")
    assert page.locator(".masthead").bounding_box()["height"] < 85
    summary = page.locator("#menu > summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("#menu").get_by_role("link").all_inner_texts() == [
        "Katalog",
        "Oferty",
        "Zamówienia",
        "Wydarzenia",
        "Znak",
        "Zaloguj",
    ]
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert summary.evaluate("e => e === document.activeElement && !e.parentElement.open")


def test_only_one_navigation_is_there_at_any_width(page):
    for viewport in (NARROW, WIDE):
        page.set_viewport_size(viewport)
        page.goto("/")
        if viewport is NARROW:
            page.locator("#menu > summary").click()
        assert page.get_by_role("navigation", name="Główna").count() == 1


def test_filters_fold_into_one_line_on_a_phone_and_stand_open_beside_the_results(page):
    page.goto("/styl/")
    page.set_viewport_size({"width": 360, "height": 740})
    line = page.locator("#filters > summary")
    option = page.get_by_label("Wrocław 21")
    assert line.inner_text().split() == ["Filtry", "2", "wybrane"]
    assert not option.is_visible()
    line.click()
    assert option.is_visible()
    line.click()
    page.set_viewport_size(WIDE)
    assert option.is_visible()
    assert not line.is_visible()


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_the_theme_hook_changes_the_paper_against_the_system(page, theme):
    page.emulate_media(color_scheme="light" if theme == "dark" else "dark")
    page.goto("/kontakt/")
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    paper = {"light": "rgb(250, 246, 238)", "dark": "rgb(20, 24, 27)", "contrast": "rgb(0, 0, 0)"}
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper[theme]


def test_forced_colours_keep_buttons_and_the_mark_readable(page):
    page.emulate_media(forced_colors="active")
    page.goto("/styl/")
    for selector in (".button", ".badge.mark", ".masthead .symbol"):
        colours = page.locator(selector).first.evaluate(
            "e => ((s) => [e.tagName === 'svg' ? s.fill : s.color, s.backgroundColor])(getComputedStyle(e))"
        )
        assert colours[0] != colours[1]
    assert page.locator(".badge.mark").first.evaluate("e => getComputedStyle(e).borderStyle") == "solid"


def test_paper_gets_the_words_without_the_furniture(page):
    page.goto("/styl/")
    page.emulate_media(media="print")
    assert page.get_by_role("navigation").all() == []
    assert not page.locator("#filters").is_visible()
    assert page.get_by_role("heading", name="Zakład Aktywności Zawodowej w Ścinawie").is_visible()


def test_pages_work_without_scripts(browser, live_server):
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/styl/")
        assert page.get_by_role("button", name="Pokaż wyniki").is_visible()
        assert page.get_by_label("Wrocław 21").is_visible()


def test_the_admin_runs_under_its_own_policy_without_a_complaint(page):
    sign_in(page, account(Role.COORDINATOR))
    page.goto("/admin/")
    page.wait_for_function("window.Alpine !== undefined")
    assert page.get_by_role("heading", name="Co czeka").is_visible()


def test_a_visit_leaves_nothing_in_the_browser(page):
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert page.context.cookies() == []
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def test_a_change_by_htmx_keeps_what_stands_open_and_says_the_number_found(page):
    page.goto("/styl/")
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator("#filters > summary").click()
    # What htmx does, without htmx: the pieces are replaced between its two events.
    page.evaluate(
        """() => {
          document.dispatchEvent(new CustomEvent("htmx:beforeSwap"));
          const filters = document.getElementById("filters");
          const fresh = filters.cloneNode(true);
          fresh.open = false;
          filters.replaceWith(fresh);
          document.getElementById("result-count").textContent = "7 podmiotów";
          document.dispatchEvent(new CustomEvent("htmx:afterSettle", { detail: { boosted: false } }));
        }"""
    )
    assert page.locator("#filters").evaluate("e => e.open")
    expect(page.locator("#announcer")).to_have_text("7 podmiotów")
