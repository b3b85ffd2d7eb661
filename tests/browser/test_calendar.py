"""The calendar in a real browser: accessible at both widths, refreshed in place, usable without scripts."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.choices import Attendance, EventState
from events.models import AgendaItem, Speaker
from events.use_cases.calendar.derived import refresh
from tests.events.factories import EditionFactory, EventFactory, RegistrationFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def calendar(transactional_db):
    """Coming events of every state; the last one is full."""
    now = timezone.now()
    start = (now + timedelta(days=3)).replace(hour=8, minute=0, second=0, microsecond=0)
    edition, events = EditionFactory(), []
    for number in range(24):
        at = start + timedelta(hours=number)
        events.append(
            EventFactory(
                slug=f"wydarzenie-{number}",
                kind="szkolenie" if number < 3 else "debata",
                state=[EventState.PUBLISHED, EventState.MOVED, EventState.CANCELLED][number % 3],
                cancel_reason="Choroba prowadzącej.",
                moved_from=at - timedelta(days=7),
                edition=edition if number % 2 else None,
                attendance=[Attendance.ON_SITE, Attendance.BOTH, Attendance.ONLINE][number % 3],
                getting_in="Winda jest od podwórza.",
                starts_at=at,
                ends_at=at + timedelta(hours=3),
                capacity=1 if number == 0 else 20,
            )
        )
    AgendaItem.objects.create(event=events[0], starts_at=start, title="Otwarcie", speakers="Jan Przykładowy")
    Speaker.objects.create(event=events[0], name="Anna Przykładowa", about="prawniczka")
    RegistrationFactory(event=events[0])
    refresh(event_ids=[event.pk for event in events], now=now)
    return start


def test_every_page_of_the_calendar_is_accessible_and_fits(calendar, page, axe):
    month = f"/wydarzenia/{calendar.year}/{calendar.month:02}/"
    pages = ["/wydarzenia/", "/wydarzenia/?kind=x&from=2026-13-01", month, f"/wydarzenia/{calendar.year}/"]
    pages += [f"/wydarzenia/wydarzenie-{number}/" for number in range(3)] + ["/wydarzenia/1999/02/"]
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for path in pages:
            page.goto(path)
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_choice_refreshes_the_result_in_place(calendar, page):
    page.goto("/wydarzenia/")
    expect(page.locator("#result-count")).to_have_text("24 wydarzenia")
    page.evaluate("window.stillHere = true")
    page.locator("#f-kind-szkolenie").check()
    expect(page.locator("#result-count")).to_have_text("3 wydarzenia")
    expect(page).to_have_url("/wydarzenia/?kind=szkolenie")
    expect(page.locator("#announcer")).to_have_text("3 wydarzenia")
    page.get_by_label("Usuń filtr: szkolenie").click()
    expect(page.locator("#result-count")).to_have_text("24 wydarzenia")
    page.get_by_role("link", name="Następna").click()
    expect(page.locator(".rows .row")).to_have_count(4)
    assert page.evaluate("window.stillHere")


def test_everything_works_without_scripts(calendar, browser, live_server):
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/wydarzenia/")
        page.get_by_label("Od dnia").fill((calendar + timedelta(days=30)).date().isoformat())
        page.get_by_role("button", name="Pokaż wyniki").click()
        expect(page.locator("#result-count")).to_have_text("0 wydarzeń")
        page.get_by_role("link", name="Pokaż wszystkie nadchodzące").click()
        page.get_by_role("link", name="Spotkanie sieciujące", exact=False).first.click()
        expect(page.get_by_text("Wszystkie miejsca są zajęte.")).to_be_visible()
