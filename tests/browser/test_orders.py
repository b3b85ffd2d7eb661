"""The list of orders in a real browser: accessible at both widths, refreshed in place, usable without scripts."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.procurement.factories import PlanVersionFactory
from tests.procurement.orders import SOON, concluded, notice, plan_item, refresh

pytestmark = pytest.mark.browser


@pytest.fixture
def orders(transactional_db):
    """Orders of every type, more than a page of them, with and without what may be missing."""
    version = PlanVersionFactory()
    for number in range(20):
        plan_item(
            version=version,
            publish=number == 19,
            subject=f"Utrzymanie zieleni w parkach, rejon {number}",
            clauses=["art96", "podprogowe"] if number % 2 else [],
            value=Decimal(100_000) if number % 3 else None,
        )
    notice(subject="Obiady dla szkół", deadline_at=SOON, clauses=["art94"], cpv=["55520000"])
    concluded(notice(subject="Remont dachu", nature="roboty"))
    refresh()


def test_the_list_is_accessible_and_fits(orders, page, axe):
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for path in ("/zamowienia/", "/zamowienia/?type=x&value_from=du%C5%BCo&cpv=1", "/zamowienia/?q=betoniarnia"):
            page.goto(path)
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_choice_refreshes_the_result_in_place(orders, page):
    page.goto("/zamowienia/")
    expect(page.locator("#result-count")).to_have_text("22 zamówienia")
    page.evaluate("window.stillHere = true")
    page.locator("#f-type-wynik").check()
    expect(page.locator("#result-count")).to_have_text("1 zamówienie")
    expect(page).to_have_url("/zamowienia/?type=wynik")
    page.get_by_label("Usuń filtr: wynik").click()
    expect(page.locator("#result-count")).to_have_text("22 zamówienia")
    page.locator("#filter-value summary").click()
    page.locator("#f-value_from").fill("dużo")
    page.locator("#f-value_from").press("Tab")
    expect(page.locator("#error-value_from")).to_contain_text("Podaj kwotę")
    expect(page.locator("#f-value_from")).to_have_value("dużo")
    assert page.evaluate("window.stillHere")


def test_everything_works_without_scripts(orders, browser, live_server):
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/zamowienia/")
        page.get_by_label("można składać oferty").check()
        page.get_by_role("button", name="Pokaż wyniki").click()
        expect(page.locator("#result-count")).to_have_text("1 zamówienie")
        page.get_by_label("Usuń filtr: Można składać oferty").click()
        page.get_by_role("link", name="Następna").click()
        expect(page.locator(".rows .row")).to_have_count(2)


def test_the_focus_stays_where_it_was_through_an_exchange_on_a_phone(orders, page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/zamowienia/")
    page.locator("#filters > summary").press("Enter")
    page.locator("#f-type-wynik").press("Space")
    expect(page.locator("#result-count")).to_have_text("1 zamówienie")
    expect(page.locator("#f-type-wynik")).to_be_focused()
    # A heading has no id of its own.
    page.locator("#filter-value > summary").press("Enter")
    page.locator("#f-value_to").fill("1")
    page.locator("#f-value_to").press("Tab")
    expect(page.locator("#result-count")).to_have_text("0 zamówień")
    expect(page.locator("#filter-codes > summary")).to_be_focused()
    # What was followed is gone: one goes on where the result begins.
    page.get_by_label("Usuń filtr: wynik").press("Enter")
    expect(page.locator("h2:has(#result-count)")).to_be_focused()
