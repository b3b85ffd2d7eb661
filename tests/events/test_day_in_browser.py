"""Checking in as at the door: a phone of 360 pixels, a search as one types, a press, an undo."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import Role
from core import links
from events.choices import EventState, RegistrationState
from events.models import Presence
from events.use_cases.day.certificates import issue
from tests.accounts.factories import account
from tests.browser.doors import sign_in
from tests.events.factories import DelegationFactory, EditionFactory, EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db(transaction=True)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LONG = "Stowarzyszenie na rzecz Rehabilitacji i Przedsiębiorczości Społecznej"


@pytest.fixture
def phone(page):
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, account(Role.COORDINATOR))
    return page


def today(**given):
    now = timezone.now()
    return EventFactory(days=[(now - timedelta(hours=1), now + timedelta(hours=4))], **given)


def test_searching_marking_and_undoing_without_a_new_page(phone, axe):
    event = today(slug="warsztat")
    for number in range(30):
        RegistrationFactory(event=event, last_name=f"Nowak-{number:02}", institution_name=LONG)
    RegistrationFactory(event=event, first_name="Łucja", last_name="Żółć", institution_name="Gmina Ślęża")
    RegistrationFactory(event=event, last_name="Rezerwowa", state=RegistrationState.RESERVE)
    phone.goto("/panel/wydarzenia/warsztat/obecnosc/")
    axe(phone)
    assert phone.evaluate(TOO_WIDE) <= 0
    phone.evaluate("window.sameDocument = true")

    phone.get_by_label("Nazwisko lub instytucja").press_sequentially("sleza")
    phone.locator("#people").get_by_text("1 osoba na liście, 0 jest, 31 brakuje").wait_for()
    phone.get_by_role("button", name="Obecny").click()
    phone.get_by_role("button", name="Cofnij").wait_for()
    assert Presence.objects.get().registration.last_name == "Żółć"
    axe(phone)
    phone.get_by_role("button", name="Później").click()
    phone.get_by_text("po czasie").wait_for()
    phone.get_by_role("button", name="Cofnij").click()
    phone.get_by_role("button", name="Obecny").wait_for()
    assert Presence.objects.count() == 0
    assert phone.evaluate("window.sameDocument") is True


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_pages_of_the_day_are_clean_for_axe_and_fit(phone, axe, width, scheme):
    phone.set_viewport_size({"width": width, "height": 800})
    phone.emulate_media(color_scheme=scheme)
    edition = EditionFactory(slug="des", person_fields=["plec"])
    event = today(slug="warsztat", state=EventState.HELD, edition=edition)
    given = DelegationFactory(enrolment__edition=edition, enrolment__name=LONG)
    row = RegistrationFactory(
        event=event, state=RegistrationState.PRESENT, participant=given.participant, enrolment=given.enrolment
    )
    reserve = RegistrationFactory(event=event, state=RegistrationState.RESERVE)
    Presence.objects.create(registration=row, day=event.days.get(), source="odprawa", marked_at=timezone.now())
    [certificate] = issue(event_id=event.pk, actor=None, now=timezone.now())
    panel = "/panel/wydarzenia/warsztat/"
    for address in (
        f"{panel}obecnosc/", f"{panel}obecnosc/{reserve.pk}/", f"{panel}obecnosc/nowa-osoba/",
        f"{panel}lista-obecnosci/", f"{panel}skany/", f"{panel}spotkanie/",
        f"{panel}zaswiadczenia/", f"{panel}zaswiadczenia/{certificate.pk}/",
        f"{panel}braki/", f"{panel}rozliczenie/", "/panel/projekty/des/braki/", "/panel/projekty/des/sm-efs.csv",
        "/panel/statystyki-wydarzen/", f"/panel/odprawa/{links.token('check-in', row)}/",
        f"/wydarzenia/zaswiadczenie/{certificate.code}/",
    ):  # fmt: skip
        phone.goto(address)
        axe(phone)
        assert phone.evaluate(TOO_WIDE) <= 0, address


def test_a_file_of_a_meeting_is_looked_at_before_it_is_written(phone, axe):
    event = today(slug="warsztat")
    RegistrationFactory(event=event, first_name="Ewa", last_name="Żółć", email="ewa@example.pl")
    RegistrationFactory(event=event, first_name="Anna", last_name="Kowalska")
    phone.goto("/panel/wydarzenia/warsztat/spotkanie/")
    text = "Name,Email,Duration\nEwa Żółć,ewa@example.pl,60\nAnna Kowalska (Gmina),,55\nObcy Gość,,60\n"
    phone.get_by_label("Plik CSV ze spotkania").set_input_files(
        {"name": "lista.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    phone.get_by_role("button", name="Wczytaj i pokaż").click()
    phone.get_by_text("Rozpoznane osoby: 1").wait_for()
    axe(phone)
    assert phone.evaluate(TOO_WIDE) <= 0
    assert Presence.objects.count() == 0
    phone.get_by_label("Anna Kowalska (Gmina)").select_option(index=1)
    phone.get_by_role("button", name="Zaznacz wybrane osoby jako obecne").click()
    phone.get_by_text("Nowe zaznaczenia obecności: 2").wait_for()
    assert Presence.objects.count() == 2
