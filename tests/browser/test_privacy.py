"""What one sees of one's own data, on a phone and on a wide screen, in the light and in the dark."""

import pytest
from django.utils import timezone

from accounts.choices import Role, TrailKind
from accounts.trail import note
from accounts.use_cases.consents import TERMS, give
from tests.accounts.factories import account
from tests.browser.doors import PASSWORD, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_privacy_are_read_by_everybody(page, axe, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for path in ("/prywatnosc/", "/zgody/regulamin/"):
        page.goto(path)
        axe(page)
        assert fits(page), path


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_ones_own_data_are_seen_taken_and_asked_to_be_erased(page, axe, width, scheme):
    user = account(Role.REPRESENTATIVE, email="ola@example.pl")
    give(user=user, slug=TERMS, now=timezone.now())
    for _ in range(3):
        note(TrailKind.EMAIL_CHANGED, actor=user, subject=user, about="z adresu dawny@example.pl", now=timezone.now())
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    sign_in(page, user)
    page.goto("/konto/dane/")
    axe(page)
    assert fits(page)

    page.get_by_role("link", name="Pobierz moje dane").click()
    page.get_by_label("Hasło", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Pobierz moje dane").wait_for()
    axe(page)
    assert fits(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Pobierz plik").click()
    assert download.value.suggested_filename.startswith("moje-dane-")

    page.goto("/konto/dane/usuniecie/")
    axe(page)
    assert fits(page)
    page.get_by_label("Powód").fill("Już nie pracuję.")
    page.get_by_role("button", name="Wyślij prośbę").click()
    page.get_by_text("Przyjęto prośbę.").wait_for()
