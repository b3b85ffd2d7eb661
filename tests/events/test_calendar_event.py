"""The page of one event."""

from datetime import timedelta

import pytest
from django.conf import settings

from accounts.choices import Role
from events.choices import EventState
from events.models import EventDay
from tests.accounts.factories import account
from tests.events.calendar_pages import HOUR, full_event, json_ld, made, text
from tests.events.factories import END, NOW, START, RegistrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]


def test_the_page_tells_all_that_one_needs_to_come(client):
    response = client.get(full_event().get_absolute_url())
    page = text(response)
    for words in (
        "Czwartek, 3 grudnia 2026, godz. 9.00–14.00",
        "10 wolnych miejsc z 10. Zapisy do 2 grudnia 2026, godz. 9.00. "
        "Miejsca są dla osób z instytucji zgłoszonych do projektu. Najwięcej 2 osoby z jednej instytucji. Zapisz się",
        "9.00 Otwarcie Jan Przykładowy",
        "Anna Przykładowa prawniczka",
        "Wrocławski Zakład Aktywności Zawodowej ul. Litomska 10 53-641 Wrocław Zobacz na mapie",
        "Jak wejść i wjechać wózkiem Winda jest od podwórza.",
        "Można też wziąć udział on-line. Odsyłacz dostaną osoby z potwierdzonym miejscem.",
        "Samorządy, nauka (pracownicy).",
        "Anna Przykładowa, koordynatorka ds. współpracy",
        "Projekt współfinansowany ze środków Unii Europejskiej.",
        "cykl: Zamówienia",
    ):
        assert words in page
    html = response.content.decode()
    assert "spotkania.example" not in html
    assert "<h1>Klauzule &amp; &lt;b&gt;umowy&lt;/b&gt;</h1>" in html
    assert 'href="/wydarzenia/klauzule/zapisy/"' in html
    assert 'href="/wydarzenia/klauzule.ics"' in html


def test_search_engines_read_the_same_facts(client):
    data = json_ld(client.get(full_event().get_absolute_url()))
    url = "http://testserver/wydarzenia/klauzule/"
    assert data["@type"] == "Event"
    assert data["name"] == "Klauzule & <b>umowy</b>"
    assert (data["startDate"], data["endDate"]) == ("2026-12-03T09:00:00+01:00", "2026-12-03T14:00:00+01:00")
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in data["location"]] == ["Place", "VirtualLocation"]
    assert data["location"][0]["address"]["addressLocality"] == "Wrocław"
    assert data["location"][1]["url"] == url
    assert data["offers"]["availability"] == "https://schema.org/InStock"
    assert "previousStartDate" not in data


def test_a_moved_event_says_so_on_the_page_and_to_search_engines(client):
    response = client.get(full_event(state=EventState.MOVED, moved_from=START - timedelta(days=7)).get_absolute_url())
    assert "Zmiana terminu. Teraz: czwartek, 3 grudnia 2026, godz. 9.00–14.00." in text(response)
    assert "Wcześniej: 26 listopada 2026, godz. 9.00." in text(response)
    data = json_ld(response)
    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert data["previousStartDate"] == "2026-11-26T09:00:00+01:00"


def test_a_cancelled_event_stays_with_its_reason_and_takes_nobody(client):
    response = client.get(full_event(state=EventState.CANCELLED, cancel_reason="Choroba.").get_absolute_url())
    assert "Wydarzenie odwołane. Choroba." in text(response)
    assert "zapisy/" not in response.content.decode()
    assert json_ld(response)["eventStatus"] == "https://schema.org/EventCancelled"


STANDINGS = {
    "Można się zapisać. Zapisy do 3 grudnia 2026, godz. 9.00. Zapisać może się każdy. Zapisz się": {},
    "Zapisy zaczną się 22 listopada 2026, godz. 14.00.": {"signup_opens_at": NOW + HOUR},
    "Zapisy zakończyły się 22 listopada 2026, godz. 13.00.": {"signup_closes_at": NOW},
    "Zapisy prowadzi zapisy.example. Zapisy na zapisy.example": {"signup_url": "https://zapisy.example/1"},
    "Przez portal nie trzeba się zapisywać.": {"takes_signups": False},
    "Wydarzenie już się odbyło.": {"state": EventState.HELD},
    "Wszystkie miejsca są zajęte.": {"capacity": 1, "has_reserve": False},
    "Wszystkie miejsca są zajęte. Można zapisać się na listę rezerwową. Zapisy do 3 grudnia 2026, godz. 9.00. "
    "Zapisać może się każdy. Zapisz się na listę rezerwową": {"capacity": 1},
}


@pytest.mark.parametrize(("words", "fields"), STANDINGS.items())
def test_the_state_of_the_sign_up_is_said_in_words(client, words, fields):
    event = made(**fields)
    if event.capacity:
        RegistrationFactory(event=event)
    page = client.get(event.get_absolute_url())
    assert words in text(page)
    assert (f"{event.slug}/zapisy/" in page.content.decode()) is ("Zapisz się" in words)


def test_a_draft_exists_only_for_those_who_run_events(client):
    draft = made(slug="szkic", state=EventState.DRAFT)
    address = draft.get_absolute_url()
    assert client.get(address).status_code == 404
    for role, status in ((Role.ASSESSOR, 404), (Role.COORDINATOR, 200)):
        client.force_login(account(role, email=f"{role}@example.pl"), settings.AUTHENTICATION_BACKENDS[0])
        assert client.get(address).status_code == status
    assert "To jest szkic. Widzą go tylko koordynatorzy." in text(client.get(address))
    assert client.get("/wydarzenia/szkic.ics").status_code == 404


def test_an_event_of_days_apart_lists_them(client):
    later = START + timedelta(days=7), END + timedelta(days=7)
    event = made(days=[(START, END), later])
    EventDay.objects.filter(event=event, starts_at=later[0]).update(label="zjazd drugi")
    page = text(client.get(event.get_absolute_url()))
    assert "3 grudnia 2026 i 1 późniejszy termin, godz. 9.00–14.00" in page
    assert "Terminy czwartek, 3 grudnia 2026, godz. 9.00–14.00 czwartek, 10 grudnia 2026, godz. 9.00–14.00" in page
