"""The pages of mail in a real browser: axe, 320 pixels, frames that show a letter and nothing else."""

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.choices import Role
from notifications import outbox
from notifications.models import OutgoingEmail
from tests.accounts.factories import account
from tests.browser.doors import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def kinds(add_letter):
    add_letter(
        "news", "Nowe oferty\n\nOtwórz https://portal.example/oferty/" + "a" * 90, label="Nowe oferty", duty=False
    )


def write(user):
    with transaction.atomic():
        return outbox.enqueue(
            to=user.email, user=user, template="news", context={}, dedupe_key="a", now=timezone.now()
        )


def check(page, axe, *paths):
    page.set_viewport_size({"width": 320, "height": 800})
    for path in paths:
        page.goto(path)
        axe(page)
        assert not page.evaluate(WIDER), path


def test_pages_of_a_person_are_accessible_and_fit_a_telephone(page, axe, complaints, live_server, settings):
    settings.SITE_URL, settings.DEMO = live_server.url, True
    email = write(user := account())
    sign_in(page, user)
    page.goto(f"/demo/poczta/{email.pk}/")
    link = page.get_by_role("link", name="/powiadomienia/wypisz/").get_attribute("href")

    check(page, axe, "/powiadomienia/wypisz/1/")
    assert "404" in complaints.pop()
    check(page, axe, "/konto/powiadomienia/", link, "/demo/poczta/", f"/demo/poczta/{email.pk}/")

    frame = page.frame_locator("iframe")
    frame.get_by_role("heading", name="Nowe oferty").wait_for()


def test_a_person_chooses_by_keyboard(page):
    sign_in(page, account())
    page.goto("/konto/powiadomienia/")

    page.get_by_label("Nowe oferty").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Zapisz").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Zapisano.").wait_for()

    assert page.get_by_label("Nowe oferty").input_value() == "daily"


def test_pages_of_coordinators_are_accessible_and_show_each_letter(page, axe):
    write(account())
    sign_in(page, account(Role.COORDINATOR))
    pk = OutgoingEmail.objects.get(template="news").pk
    base = "/admin/notifications/outgoingemail/"

    check(page, axe, base, f"{base}{pk}/change/", f"{base}wzory/")

    page.locator("summary", has_text="Nowe oferty").click()
    page.frame_locator("iframe >> visible=true").get_by_role("heading", name="Nowe oferty").wait_for()
