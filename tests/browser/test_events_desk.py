"""The desk of events in a browser: axe, nothing wider than the screen, a sign-up by phone without a mouse."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import Role
from events.choices import EventState
from events.choices import RegistrationState as State
from events.models import Registration
from tests.accounts.factories import account
from tests.browser.doors import sign_in
from tests.events.factories import DelegationFactory, EditionFactory, EventFactory, FormVersionFactory
from tests.events.factories import RegistrationFactory as Signed

pytestmark = pytest.mark.django_db(transaction=True)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
INSTITUTION = "Stowarzyszenie na rzecz Rehabilitacji i Przedsiębiorczości Społecznej"


@pytest.fixture
def event():
    start = timezone.now() + timedelta(days=5)
    edition = EditionFactory()
    event = EventFactory(
        slug="spotkanie", edition=edition, capacity=3, starts_at=start, ends_at=start + timedelta(hours=3)
    )
    for name in ("Kowalska", "Kowal", "Nowak"):
        DelegationFactory(
            enrolment__edition=edition, enrolment__name=INSTITUTION, participant__last_name=name,
            participant__declared=True,
        )  # fmt: skip
    Signed(event=event, diet="wegańska", phone="+48600100200")
    Signed(event=event, state=State.RESERVE, email="")
    return event


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_pages_of_the_desk_are_clean_for_axe_and_fit(page, axe, event, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    sign_in(page, account(Role.COORDINATOR))
    draft = EventFactory(slug="szkic", state=EventState.DRAFT)
    form = FormVersionFactory(edition=event.edition, published_at=None)
    person = event.registrations.first()
    for address in (
        "/panel/wydarzenia/",
        "/panel/wydarzenia/spotkanie/",
        f"/panel/wydarzenia/spotkanie/osoba/{person.pk}/",
        "/panel/wydarzenia/spotkanie/dopisz/?q=kow",
        "/panel/wydarzenia/spotkanie/dopisz-liste/",
        "/panel/wydarzenia/spotkanie/wiadomosc/",
        "/panel/wydarzenia/spotkanie/potrzeby/",
        "/panel/wydarzenia/spotkanie/kopiuj/",
        "/panel/wydarzenia/spotkanie/krok/move/",
        "/panel/wydarzenia/spotkanie/krok/cancel/",
        f"/panel/wydarzenia/{draft.slug}/krok/publish/",
        f"/panel/edycje/formularz/{form.pk}/",
        f"/panel/edycje/{event.edition.slug}/zamknij/",
    ):
        page.goto(address)
        axe(page)
        assert page.evaluate(TOO_WIDE) <= 0, address
    page.goto("/panel/wydarzenia/spotkanie/dopisz-liste/")
    page.get_by_label("Lista osób").fill("Nowa Osoba; nieznana\nNowak Ola; ; a@gmial.com\nbłąd")
    page.get_by_role("button", name="Sprawdź").click()
    page.get_by_text("Co zrozumiano").wait_for()
    axe(page)
    assert page.evaluate(TOO_WIDE) <= 0


def test_somebody_on_the_phone_is_signed_up_by_keyboard_alone(page, event):
    sign_in(page, account(Role.COORDINATOR))
    page.goto("/panel/wydarzenia/spotkanie/dopisz/")
    # The cursor stands in the field: one types, sees who it is, and presses Enter.
    page.keyboard.type("kowals")
    page.locator("#found button").filter(has_text="Kowalska").wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("Zapisano: Ola Kowalska").wait_for()
    page.keyboard.type("nowak")
    page.locator("#found button").filter(has_text="Nowak").wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("Zapisano: Ola Nowak").wait_for()
    assert list(Registration.objects.order_by("pk").values_list("last_name", "channel")[2:]) == [
        ("Kowalska", "telefon"), ("Nowak", "telefon"),
    ]  # fmt: skip


def test_the_second_of_those_found_is_chosen_with_tab(page, event):
    sign_in(page, account(Role.COORDINATOR))
    page.goto("/panel/wydarzenia/spotkanie/dopisz/?q=kowal")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert "Kowalska" in page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    page.get_by_text("Zapisano: Ola Kowalska").wait_for()


def test_without_scripts_enter_searches_first_and_then_signs_up(browser, live_server, event, page):
    user = account(Role.COORDINATOR)
    sign_in(page, user)
    with browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=page.context.storage_state()
    ) as context:
        plain = context.new_page()
        plain.goto("/panel/wydarzenia/spotkanie/dopisz/")
        plain.get_by_label("Nazwisko, imię albo instytucja").fill("kowalska")
        plain.keyboard.press("Enter")
        plain.get_by_role("button", name="Kowalska").wait_for()
        plain.get_by_label("Nazwisko, imię albo instytucja").press("Enter")
        plain.get_by_text("Zapisano: Ola Kowalska").wait_for()
