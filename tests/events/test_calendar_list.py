"""The list of events, its filters and its files, as a visitor and a program see them."""

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.choices import Attendance, Category, EventState
from events.models import AgendaItem, Event
from events.use_cases.calendar.derived import refresh
from tests.events.calendar_pages import ATOM, at, body, made, number_found, text, titles
from tests.events.factories import END, NOW, START, EventFactory, RegistrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]


def test_the_list_holds_what_is_to_come_in_order_and_the_cancelled_ones(client):
    made(title="Późniejsze", starts_at=START + timedelta(days=2), ends_at=END + timedelta(days=2))
    made(title="Odwołane", state=EventState.CANCELLED, cancel_reason="Choroba.")
    made(title="Trwa", starts_at=NOW - timedelta(hours=1), ends_at=NOW + timedelta(hours=1))
    made(title="Minęło", starts_at=NOW - timedelta(hours=3), ends_at=NOW)
    made(title="Szkic", state=EventState.DRAFT)
    response = client.get("/wydarzenia/")
    assert titles(response) == ["Trwa", "Odwołane", "Późniejsze"]
    assert number_found(response) == ("3", "3 wydarzenia")


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 wydarzeń"), (1, "1 wydarzenie"), (2, "2 wydarzenia"), (5, "5 wydarzeń")]
)
def test_the_number_found_is_said_in_polish(client, count, words):
    EventFactory.create_batch(count)
    assert number_found(client.get("/wydarzenia/")) == (str(count), words)


def test_a_row_tells_when_where_and_how_it_stands_with_places(client):
    event = made(title="Marketing", capacity=2, has_reserve=True)
    assert "Czwartek, 3 grudnia 2026, godz. 9.00–14.00 spotkanie sieciujące · Wrocław" in text(
        client.get("/wydarzenia/")
    )
    assert "2 wolne miejsca" in text(client.get("/wydarzenia/"))
    RegistrationFactory.create_batch(2, event=event)
    assert "lista rezerwowa" in text(client.get("/wydarzenia/"))


@pytest.fixture
def several():
    made(title="Szkolenie we Wrocławiu", kind="szkolenie", audience=[Category.LOCAL_GOVERNMENT])
    made(
        title="Targi w Kłodzku",
        kind="targi",
        town="Kłodzko",
        municipality_id="0208021",
        county_id="0208",
        starts_at=START + timedelta(days=30),
        ends_at=END + timedelta(days=30),
        summary="Kiermasz wyrobów.",
        audience=[Category.PES],
    )
    made(title="Debata on-line", kind="debata", attendance=Attendance.ONLINE, municipality=None, county=None, town="")
    made(
        title="Dawne",
        kind="gala",
        state=EventState.HELD,
        starts_at=at(2019, 11, 21, 8),
        ends_at=at(2019, 11, 21, 13),
        audience=[Category.NGO],
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Szkolenie we Wrocławiu", "Debata on-line", "Targi w Kłodzku"]),
        ("kind=targi&kind=debata", ["Debata on-line", "Targi w Kłodzku"]),
        ("powiat=0208", ["Targi w Kłodzku"]),
        ("audience=jst", ["Szkolenie we Wrocławiu", "Debata on-line"]),
        ("online=1", ["Debata on-line"]),
        ("q=kiermasze+wyrobu", ["Targi w Kłodzku"]),
        ("q=kłodzko", ["Targi w Kłodzku"]),
        ("q=12.12.2026", []),
        ("from=2026-12-04", ["Targi w Kłodzku"]),
        ("from=03.12.2026&to=2026-12-03", ["Szkolenie we Wrocławiu", "Debata on-line"]),
        ("to=2026-12-02", ["Dawne"]),
        ("from=2019-11-21&to=2019-11-21", ["Dawne"]),
        ("from=2019-11-21&to=2019-11-21&kind=targi", []),
    ],
)
def test_filters_find_the_same_on_the_page_and_in_every_file(client, several, query, found):
    assert titles(client.get(f"/wydarzenia/?{query}")) == found
    rows = csv.DictReader(io.StringIO(body(client.get(f"/wydarzenia/eksport.csv?{query}")).decode(), newline=""))
    assert [row["name"] for row in rows] == found
    sheet = openpyxl.load_workbook(io.BytesIO(body(client.get(f"/wydarzenia/eksport.xlsx?{query}")))).active
    assert [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)] == found
    calendar = body(client.get(f"/wydarzenia/kalendarz.ics?{query}")).decode()
    assert re.findall(r"^SUMMARY:(.*)\r$", calendar, re.MULTILINE) == found
    feed = ElementTree.fromstring(client.get(f"/wydarzenia/atom.xml?{query}").content)
    assert sorted(entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")) == sorted(found)


FAULTY = {
    "kind=nie-ma": "Nie ma rodzaju wydarzenia „nie-ma”.",
    "powiat=9999": "Nie ma powiatu o kodzie „9999”.",
    "audience=x": "Nie ma grupy „x”.",
    "online=2": "Ten filtr przyjmuje tylko wartość 1.",
    "from=2026-02-30": "Podaj dzień jako rok-miesiąc-dzień, na przykład 2026-12-03, między rokiem 1990 a 2099.",
    "to=9999-12-31": "Podaj dzień jako rok-miesiąc-dzień, na przykład 2026-12-03, między rokiem 1990 a 2099.",
    "from=0001-01-01": "Podaj dzień jako rok-miesiąc-dzień, na przykład 2026-12-03, między rokiem 1990 a 2099.",
    "from=2026-12-04&to=2026-12-03": "Ostatni dzień jest przed pierwszym.",
    "page=x": "Numer strony to liczba od 1.",
    f"q={'a' * 201}": "Wpisz najwyżej 200 znaków.",
}


@pytest.mark.parametrize(("query", "words"), FAULTY.items())
def test_an_unknown_value_finds_nothing_says_why_and_stops_programs(client, several, query, words):
    response = client.get(f"/wydarzenia/?{query}")
    assert (response.status_code, number_found(response)) == (200, ("0", "0 wydarzeń"))
    assert words in text(response)
    for path in ("eksport.csv", "eksport.xlsx", "kalendarz.ics", "atom.xml"):
        refused = client.get(f"/wydarzenia/{path}?{query}")
        assert refused.status_code == 400
        assert words in refused.content.decode()


def test_what_was_chosen_stays_and_each_choice_can_be_taken_off(client, several):
    page = client.get("/wydarzenia/?kind=targi&powiat=0208&from=2026-12-04").content.decode()
    assert '<input type="date" id="f-from" name="from" value="2026-12-04">' in page
    assert 'value="targi" checked' in page
    for label, rest in {
        "targi": "powiat=0208&amp;from=2026-12-04",
        "powiat kłodzki": "kind=targi&amp;from=2026-12-04",
        "od 4 grudnia 2026": "kind=targi&amp;powiat=0208",
    }.items():
        found = re.search(rf'<a href="\?([^"]+)"[^>]*aria-label="Usuń filtr: {label}"', page.replace("\xa0", " "))
        assert found[1] == rest


def fill_to(count):
    for _ in range(count - Event.objects.count()):
        event = EventFactory(capacity=5, audience=["pes"])
        AgendaItem.objects.create(event=event, title="Wstęp")
        refresh(event_ids=[event.pk], now=NOW)


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/wydarzenia/", 6),
        ("/wydarzenia/?q=spotkanie&kind=sieciowanie", 6),
        ("/wydarzenia/2026/12/", 2),
        ("/wydarzenia/2026/", 3),
        ("/wydarzenia/kalendarz.ics", 3),
        ("/wydarzenia/eksport.csv", 4),
        ("/wydarzenia/atom.xml", 5),
        ("/", 3),
    ],
)
def test_the_number_of_queries_does_not_grow_with_the_calendar(client, path, limit):
    numbers = []
    for count in (1, 30):
        fill_to(count)
        with CaptureQueriesContext(connection) as queries:
            assert body(client.get(path))
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= limit
