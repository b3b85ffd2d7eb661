"""Accounts in a real browser: the way of a newcomer, axe and the width of a phone on every page, keys."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail

from accounts.models import TrailEntry
from tests.accounts.factories import account
from tests.browser.doors import PASSWORD, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
DOORS = ["/konto/logowanie/", "/konto/rejestracja/", "/konto/haslo/nowe/", "/konto/zaproszenie/nie-ma/"]
OWN = [
    "/konto/",
    "/konto/sesje/",
    "/konto/haslo/",
    "/konto/adres/",
    "/konto/wylogowanie/",
    "/konto/drugi-skladnik/",
    "/konto/drugi-skladnik/aplikacja/dodaj/",
    "/konto/drugi-skladnik/klucze/",
    "/konto/drugi-skladnik/klucze/dodaj/",
]
SCHEMES = ["light", "dark"]


def code_for(secret, step=0):
    """`step` 1 is the code of the next half minute: each is good once."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1 + step]))


def say_password(page):
    if "/konto/potwierdz/" in page.url:
        page.get_by_label("Hasło").fill(PASSWORD)
        page.get_by_role("button", name="Dalej").click()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_doors_have_no_fault_and_fit_a_phone(page, axe, complaints, scheme):
    page.emulate_media(color_scheme=scheme)
    for path in DOORS:
        page.goto(path)
        axe(page)
        fits(page)
    complaints.clear()  # the browser notes the 404 of the invitation itself


@pytest.mark.parametrize("scheme", SCHEMES)
def test_ones_own_pages_have_no_fault_and_fit_a_phone(page, axe, scheme):
    page.emulate_media(color_scheme=scheme)
    sign_in(page, account(email="ola@example.pl"))
    for path in OWN:
        page.goto(path)
        say_password(page)
        page.get_by_role("heading", level=1).wait_for()
        axe(page)
        fits(page)


def fits(page):
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 320, page.url
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_form_with_faults_says_them_and_keeps_what_was_typed(page, axe):
    page.goto("/konto/rejestracja/")
    page.get_by_label("Imię i nazwisko").fill("Ewa Próbna")
    page.get_by_label("Hasło").fill("abcdefghijkl")
    page.get_by_role("button", name="Załóż konto").click()
    assert page.locator(".errors-found").evaluate("e => e === document.activeElement")
    assert page.get_by_text("Połącz kilka niezwiązanych ze sobą słów.").is_visible()
    assert page.get_by_label("Imię i nazwisko").input_value() == "Ewa Próbna"
    axe(page)


def test_a_newcomer_comes_in_by_keyboard_adds_an_app_and_comes_back_with_a_code(page, axe, live_server, settings):
    settings.SITE_URL = live_server.url
    page.goto("/konto/rejestracja/")
    page.get_by_label("Imię i nazwisko").focus()
    page.keyboard.type("Ewa Próbna")
    page.keyboard.press("Tab")
    page.keyboard.type("ewa@example.pl")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.get_by_label("Zgadzam się na regulamin portalu").check()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Sprawdź pocztę").wait_for()
    # The row of the letter forgets its link when it is sent.
    page.goto(re.search(r"http\S+", mail.outbox[-1].body)[0])
    axe(page)
    page.get_by_role("button", name="Potwierdź adres").press("Enter")
    page.get_by_text("Adres jest potwierdzony.").wait_for()
    assert EmailAddress.objects.get().verified
    enter(page)
    page.goto("/konto/drugi-skladnik/aplikacja/dodaj/")
    say_password(page)
    secret = page.locator(".secret").inner_text()
    assert page.locator(".qr").evaluate("e => e.naturalWidth") > 0
    page.get_by_label("Kod z aplikacji").fill(code_for(secret))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Kody zapasowe").wait_for()
    codes = page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10
    axe(page)
    leave(page)
    enter(page)
    axe(page)
    page.get_by_label("Kod").fill(code_for(secret, step=1))
    page.keyboard.press("Enter")
    page.wait_for_url("**/panel/")
    leave(page)
    enter(page)
    page.get_by_label("Kod").fill(codes[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**/panel/")
    assert "recovery_used" in TrailEntry.objects.values_list("kind", flat=True)


def enter(page):
    page.goto("/konto/logowanie/")
    page.get_by_label("E-mail").fill("ewa@example.pl")
    page.get_by_label("Hasło", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: not address.endswith("/konto/logowanie/"))


def leave(page):
    page.goto("/konto/wylogowanie/")
    page.get_by_role("main").get_by_role("button", name="Wyloguj").press("Enter")
    page.wait_for_url(lambda address: "/konto/" not in address)


def test_a_key_is_added_and_opens_the_account_without_a_password(page, live_server, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    assert "//localhost" in live_server.url  # a key belongs to a name, not to an address
    give_key(page)
    user = account(email="ola@example.pl")
    sign_in(page, user)
    page.goto("/konto/drugi-skladnik/klucze/dodaj/")
    say_password(page)
    page.get_by_label("Nazwa klucza").fill("telefon")
    page.get_by_label("Loguj mnie samym kluczem, bez hasła").check()
    page.get_by_role("button", name="Dodaj klucz").click()
    page.get_by_role("heading", name="Kody zapasowe").wait_for()
    assert Authenticator.objects.get(user=user, type="webauthn").wrap().name == "telefon"
    leave(page)
    page.goto("/konto/logowanie/")
    page.get_by_role("button", name="Zaloguj kluczem").click()
    page.wait_for_url("**/panel/")


def give_key(page):
    """A key made of nothing, as the browser offers for tests; it always says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_without_scripts_the_pages_say_what_needs_them(browser, live_server):
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, account(email="ola@example.pl"))
        assert "/panel/" in page.url
        page.goto("/konto/drugi-skladnik/klucze/dodaj/")
        say_password(page)
        page.locator("noscript p", has_text="Klucz wymaga włączonego JavaScriptu.").wait_for()
        assert page.get_by_role("button", name="Dodaj klucz").is_disabled()
