"""Fixtures for every test; those for a browser take what Chromium this machine has.

The servers are set up by config.settings.test, which pytest-django imports before any conftest.
"""

import gc
import os
import shutil
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from factory.django import DjangoModelFactory

from tests.database import django_db_modify_db_settings, django_db_setup  # noqa: F401

NO_BROWSER = "Testy przeglądarkowe pominięto: nie znaleziono Chromium"
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def chromium():
    """The path of a Chromium, from the variable CHROMIUM or the usual names, or None.

    The one without windows of its own takes half as long.
    """
    usual = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    names = [os.environ.get("CHROMIUM"), *usual]
    return next((found for name in names if name and (found := shutil.which(name))), None)


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter):
    left_out = [report for report in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(report.longrepr)]
    if left_out:
        terminalreporter.write_sep("!", f"{NO_BROWSER} ({len(left_out)})", yellow=True, bold=True)


@pytest.fixture(autouse=True, scope="module")
def _spared_by_the_collector():
    """What stands by now, a million objects, stays to the end: Python's collector need not look at it again and again,
    which took two thirds of the time of tests that import."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _nothing_counted():
    """Limits of how often somebody may ask live in the cache, which all tests of a process share."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _counted_anew():
    """The numbers in invented names do not hang on which tests a process ran before."""
    families = [DjangoModelFactory]
    while families:
        for family in families.pop().__subclasses__():
            families.append(family)
            family.reset_sequence(force=True)


@pytest.fixture(autouse=True)
def media(settings, tmp_path_factory):
    """Where the files of one test are stored; a folder only once there is something in it."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "media" / uuid4().hex
    return settings.MEDIA_ROOT


@pytest.fixture
def coordinator(client):
    """A browser in which a coordinator is signed in."""
    from accounts.choices import Role
    from tests.accounts.factories import account

    client.force_login(account(Role.COORDINATOR))
    return client


@pytest.fixture
def at_once(monkeypatch):
    """What is to follow a commit happens at once: nothing that a test does is ever committed."""
    from django.db import transaction

    monkeypatch.setattr(transaction, "on_commit", lambda work, **_: work())


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium driven by Playwright, one for the whole run."""
    program = chromium()
    if program is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("REQUIRE_BROWSER=1, but no Chromium was found (set CHROMIUM to its path)")
        pytest.skip(NO_BROWSER)
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def complaints():
    """What the browser complained about so far; a test that provokes a complaint asserts it and clears the list."""
    return []


@pytest.fixture
def page(browser, live_server, complaints):
    """A fresh page on the live server: page.goto("/katalog/"). Console errors and foreign requests fail the test."""
    with browser.new_context(base_url=live_server.url, locale="pl-PL") as context:
        page = context.new_page()
        home = urlsplit(live_server.url).netloc

        def note_request(request):
            address = urlsplit(request.url)
            if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != home:
                complaints.append(f"request to another host: {request.url}")

        def note_message(message):
            if message.type == "error":
                complaints.append(f"console: {message.text}")

        page.on("request", note_request)
        page.on("console", note_message)
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        yield page
    assert complaints == []


@pytest.fixture
def axe(complaints):
    """axe(page) asserts that axe-core finds no violation of WCAG 2.2 AA on the page, and returns its whole result.

    `colours_only` for a page that was looked at in other colours before: nothing else of it depends on them.
    """
    from axe_playwright_python.sync_playwright import Axe

    def check(page, *, colours_only=False):
        heard = len(complaints)
        only = {"type": "rule", "values": ["color-contrast"]} if colours_only else {"type": "tag", "values": WCAG_AA}
        # Without preload axe does not fetch the style sheets a second time, from the wrong folder.
        result = Axe().run(page, options={"runOnly": only, "preload": False, "resultTypes": ["violations"]})
        # axe tries inline styles of its own; that the page's policy refuses them is no fault of the page.
        del complaints[heard:]
        assert result.violations_count == 0, result.generate_report()
        return result

    return check
