"""Pages of the day and after it, as a coordinator uses them: queries, double clicks, bad input."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from core import links
from events.choices import EventState, RegistrationState
from events.models import Certificate, Event, Presence, Registration
from notifications.models import OutgoingEmail
from tests.accounts.factories import account
from tests.events.factories import (
    AT,
    END,
    START,
    DelegationFactory,
    EditionFactory,
    EventFactory,
    RegistrationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def address(event, page="obecnosc"):
    return f"/panel/wydarzenia/{event.slug}/{page}/"


def press(coordinator, event, **buttons):
    return coordinator.post(address(event), {"dzien": event.days.first().pk} | buttons)


def test_one_press_marks_and_leads_back_to_the_list(coordinator):
    row = RegistrationFactory()
    answer = press(coordinator, row.event, obecny=row.pk, q="nowak", kto="brakuje")
    assert answer.url == f"{address(row.event)}?dzien={row.event.days.get().pk}&kto=brakuje&q=nowak"
    press(coordinator, row.event, obecny=row.pk)
    assert Presence.objects.count() == 1
    press(coordinator, row.event, pozniej=row.pk)
    assert Presence.objects.get().kind == "spozniony"
    press(coordinator, row.event, cofnij=row.pk)
    press(coordinator, row.event, nieobecny=row.pk)
    row.refresh_from_db()
    assert (Presence.objects.count(), row.state) == (0, "nieobecny")


def test_a_late_request_of_an_old_page_is_told_and_does_nothing(coordinator):
    row = RegistrationFactory()
    page = coordinator.get(address(row.event)).content.decode()
    seen = re.search(r'name="seen" value="([0-9.]+)"', page)[1]
    with time_machine.travel(AT + timedelta(minutes=1), tick=False):
        press(coordinator, row.event, obecny=row.pk)
        press(coordinator, row.event, cofnij=row.pk)
    with time_machine.travel(AT + timedelta(minutes=2), tick=False):
        press(coordinator, row.event, obecny=row.pk, seen=seen)
        assert "W międzyczasie ktoś zmienił" in coordinator.get(address(row.event)).content.decode()
    assert Presence.objects.count() == 0


@pytest.mark.parametrize("value", ["", "x", "0", "-1", "99999999999", "٣", "1'"])
def test_nonsense_in_a_press_is_a_404(coordinator, value):
    row = RegistrationFactory()
    assert press(coordinator, row.event, obecny=value).status_code == 404
    assert press(coordinator, row.event, obecny=row.pk, seen=value).status_code == 302


def test_a_press_for_a_day_that_is_gone_marks_no_other_day(coordinator):
    row = RegistrationFactory()
    for page in (address(row.event), f"{address(row.event)}nowa-osoba/", f"{address(row.event)}{row.pk}/",
                 f"/panel/odprawa/{links.token('check-in', row)}/"):  # fmt: skip
        typed = {"dzien": 9999, "obecny": row.pk, "name": "Jan Przykładowy"}
        assert "Tego dnia nie ma już w wydarzeniu" in coordinator.post(page, typed, follow=True).content.decode(), page
    assert (Presence.objects.count(), Registration.objects.count()) == (0, 1)


def test_a_person_of_another_event_is_not_marked_here(coordinator):
    row, other = RegistrationFactory(), RegistrationFactory()
    assert press(coordinator, row.event, obecny=other.pk).status_code == 404


def test_searching_finds_names_and_institutions_without_accents(coordinator):
    event = EventFactory()
    RegistrationFactory(event=event, first_name="Łucja", last_name="Żółć", institution_name="Gmina Ślęża")
    RegistrationFactory(event=event, last_name="Inna")
    for q in ("zolc lucja", "SLEZA", "Żó"):
        page = coordinator.get(address(event), {"q": q}).content.decode()
        assert "Żółć Łucja" in page, q
        assert "Inna Ewa" not in page, q
    nothing = coordinator.get(address(event), {"q": "Nieznany <b>"}).content.decode()
    assert "Nikt taki nie jest zapisany" in nothing
    assert "?dzien=" in nothing


def test_who_is_there_and_who_is_missing_are_counted(coordinator):
    event = EventFactory()
    there = RegistrationFactory(event=event, last_name="Jest")
    RegistrationFactory(event=event, last_name="Brak")
    RegistrationFactory(event=event, last_name="Rezerwa", state=RegistrationState.RESERVE)
    press(coordinator, event, obecny=there.pk)
    page = coordinator.get(address(event)).content.decode()
    assert "3 osoby na liście, 1 jest, 1 brakuje" in page
    assert "lista rezerwowa" in page
    only = coordinator.get(address(event), {"kto": "brakuje"}).content.decode()
    assert ("Brak Ewa" in only, "Jest Ewa" in only, "Rezerwa Ewa" in only) == (True, False, False)


def test_a_person_without_a_place_is_let_in_on_a_page_of_its_own(coordinator):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    row = RegistrationFactory(event=event, state=RegistrationState.RESERVE)
    goto = press(coordinator, event, wpusc=row.pk).url
    assert goto == f"{address(event)}{row.pk}/?dzien={event.days.get().pk}"
    assert "Wszystkie miejsca są zajęte" in coordinator.get(goto).content.decode()
    refused = coordinator.post(goto, {"reason": ""})
    assert (refused.status_code, "Napisz, dlaczego dodajesz miejsce" in refused.content.decode()) == (422, True)
    assert coordinator.post(goto, {"reason": "Jest krzesło"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, Event.objects.get().capacity) == ("obecny", 2)


def test_a_walk_in_at_a_full_event_is_asked_for_a_reason_and_keeps_what_was_typed(coordinator):
    event = EventFactory(capacity=1)
    typed = {"name": "Jan Przykładowy", "institution": "Gmina Przykład", "contact": "jan@example.pl"}
    day = {"dzien": event.days.get().pk}
    page = coordinator.get(f"{address(event)}nowa-osoba/?q=Jan")
    assert 'value="Jan"' in page.content.decode()
    assert "Dlaczego dodajesz miejsce" not in page.content.decode()
    RegistrationFactory(event=event)
    refused = coordinator.post(f"{address(event)}nowa-osoba/", typed | day)
    assert refused.status_code == 422
    text = refused.content.decode()
    assert all(f'value="{value}"' in text for value in typed.values())
    assert (
        coordinator.post(f"{address(event)}nowa-osoba/", typed | day | {"reason": "Jest krzesło"}).status_code == 302
    )
    assert Registration.objects.get(last_name="Przykładowy").state == "obecny"
    broken = coordinator.post(f"{address(event)}nowa-osoba/", day | {"name": "Jan", "reason": "x"})
    assert "Podaj imię i nazwisko" in broken.content.decode()


def test_the_code_of_a_confirmation_opens_the_person_for_coordinators_only(coordinator, client, settings):
    settings.SITE_URL = "https://portal.example"
    row = RegistrationFactory(needs="tłumacz PJM")
    svg = coordinator.get(f"/zapis/{links.token('registration', row)}/kod.svg")
    assert (svg["Content-Type"], svg["Cache-Control"]) == ("image/svg+xml", "private, no-store")
    assert "<title>Kod wejścia: Spotkanie sieciujące" in svg.content.decode()
    door = f"/panel/odprawa/{links.token('check-in', row)}/"
    page = coordinator.get(door).content.decode()
    assert (str(row) in page, "tłumacz PJM" in page, "Obecny" in page) == (True, True, True)
    assert coordinator.post(door, {"obecny": row.pk, "dzien": row.event.days.get().pk}).status_code == 302
    assert Presence.objects.get().registration == row
    assert "obecność zaznaczona o 9:05" in coordinator.get(door).content.decode()
    assert coordinator.get(f"/panel/odprawa/{links.token('registration', row)}/").status_code == 404
    client.logout()
    assert client.get(door).url.startswith("/konto/logowanie/")
    client.force_login(account(), settings.AUTHENTICATION_BACKENDS[0])
    assert client.get(door).status_code == 404


def test_the_page_of_settling_leads_through_what_is_left(coordinator):
    row = RegistrationFactory()
    page = address(row.event, "rozliczenie")
    press(coordinator, row.event, obecny=row.pk)
    coordinator.post(page, {"odbylo": 1})
    assert "nie jest zakończona" in coordinator.get(page).content.decode()
    coordinator.post(page, {"rozlicz": 1})
    assert Event.objects.get().state == "odbyte"
    press(coordinator, row.event, zakoncz=1)
    coordinator.post(page, {"rozlicz": 1})
    assert Event.objects.get().state == "rozliczone"
    assert coordinator.post(page, {"cofnij": 1, "note": ""}).status_code == 422
    coordinator.post(page, {"cofnij": 1, "note": "Brakło osoby"})
    assert Event.objects.get().state == "odbyte"


def test_who_may_not_be_counted_and_why_and_a_letter_once_a_day(coordinator):
    edition = EditionFactory(slug="des", person_fields=["pesel", "plec"])
    event = EventFactory(edition=edition)
    given = DelegationFactory(
        enrolment__edition=edition, participant__declared=True, participant__pesel="90010112349",
        participant__pesel_fingerprint="a" * 64, participant__first_name="Ola", participant__last_name="Bezpłciowa",
    )  # fmt: skip
    silent = DelegationFactory(enrolment__edition=edition, participant__email="", participant__last_name="Cicha")
    for one in (given, silent):
        RegistrationFactory(event=event, participant=one.participant, enrolment=one.enrolment)
    RegistrationFactory(event=event, last_name="Spoza")
    for page in (address(event, "braki"), "/panel/projekty/des/braki/"):
        text = coordinator.get(page).content.decode()
        assert "Ola Bezpłciowa" in text
        assert "płeć" in text
        assert "90010112349" not in text
        assert "Wyślij przypomnienie (1 osoba)" in text
        assert "bez adresu e-mail: 1" in text
    text = coordinator.get(address(event, "braki")).content.decode()
    assert "osoba nie jest zgłoszona w projekcie" in text
    assert "28 dni" in text
    coordinator.post(address(event, "braki"))
    with time_machine.travel(AT + timedelta(minutes=1), tick=False):
        again = coordinator.post("/panel/projekty/des/braki/", follow=True)
    assert "dostały już dzisiaj przypomnienie" in again.content.decode()
    letter = OutgoingEmail.objects.get()
    assert letter.to == given.participant.email
    assert f"/udzial/{links.token('participant', given.participant)}/" in letter.body
    assert "- płeć" in letter.body
    assert "90010112349" not in letter.body


def test_pages_ask_the_database_as_often_for_thirty_people_as_for_one(coordinator):
    edition = EditionFactory(slug="des")
    event = EventFactory(edition=edition, state=EventState.HELD)
    pages = [
        address(event), address(event, "lista-obecnosci"), address(event, "skany"), address(event, "zaswiadczenia"),
        address(event, "braki"), address(event, "rozliczenie"), "/panel/projekty/des/braki/",
        "/panel/projekty/des/sm-efs.csv", "/panel/statystyki-wydarzen/",
    ]  # fmt: skip

    def add(number):
        for _ in range(number):
            one = DelegationFactory(enrolment__edition=edition)
            row = RegistrationFactory(
                event=event, state=RegistrationState.PRESENT, participant=one.participant, enrolment=one.enrolment
            )
            Presence.objects.create(registration=row, day=event.days.get(), source="odprawa", marked_at=AT)
            Certificate.objects.create(
                registration=row, number=str(row.pk), code=str(row.pk), facts={"hours": 5.0}, issued_at=AT
            )
            event.scans.create(added_at=AT, file="a.pdf", content_type="application/pdf")

    def queries():
        counts = {}
        for page in pages:
            with CaptureQueriesContext(connection) as asked:
                assert coordinator.get(page).status_code == 200
            counts[page] = len(asked)
        return counts

    add(1)
    coordinator.get(pages[0])
    one = queries()
    add(29)
    assert queries() == one
    assert max(one.values()) <= 14


def test_the_panel_leads_to_the_list_of_today_and_to_what_is_unsettled(coordinator, client, settings):
    today = EventFactory(title="Warsztat dzisiaj")
    EventFactory(title="Warsztat jutro", days=[(START + timedelta(1), END + timedelta(1))])
    held = EventFactory(title="Warsztat dawny", state=EventState.HELD)
    RegistrationFactory(event=held)
    page = coordinator.get("/panel/").content.decode()
    assert f'href="{address(today)}"' in page
    assert "Wydarzenia do rozliczenia: 1" in page
    assert "Warsztat dawny" not in page  # named on the page behind that line
    assert "Warsztat dawny" in coordinator.get("/panel/wydarzenia/").content.decode()
    assert "Warsztat jutro" not in page
    assert "/panel/statystyki-wydarzen/" in page
    client.force_login(account(Role.REPRESENTATIVE), settings.AUTHENTICATION_BACKENDS[0])
    assert "Warsztat" not in client.get("/panel/").content.decode()
