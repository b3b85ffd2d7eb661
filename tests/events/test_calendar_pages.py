"""/wydarzenia/ as a visitor, a program and a cache see it."""

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from defusedxml import ElementTree
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from events.choices import Attendance, Category, EventState, RegistrationState
from events.models import AgendaItem, Event, EventDay, Registration, Series, Speaker
from events.use_cases.derived import refresh
from tests.accounts.factories import account
from tests.events.factories import END, NOW, START, EditionFactory, EventFactory, RegistrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
ATOM = "{http://www.w3.org/2005/Atom}"


def made(**fields):
    event = EventFactory(**fields)
    refresh(event_ids=[event.pk], now=fields.get("changed_at", NOW))
    return event


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def text(response):
    """What is read on the page: no tags, one space between words."""
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


def titles(response):
    found = re.findall(r"<h3><a [^>]+>(.*?)</a></h3>", response.content.decode())
    return [re.sub(r"<[^>]+>", "", title) for title in found]


def number_found(response):
    return re.search(r'<data id="result-count" value="(\d+)"[^>]*>([^<]+)</data>', response.content.decode()).groups()


def at(*when):
    return datetime(*when, tzinfo=UTC)


# The list and its filters.


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


# Months and years.


def test_a_month_is_a_table_with_a_row_for_each_day(client):
    made(
        title="Klauzule",
        days=[(START, END), (START + timedelta(days=1), END + timedelta(days=1))],
        state=EventState.MOVED,
        audience=["jst"],
    )
    made(title="Noc", starts_at=at(2026, 12, 31, 18), ends_at=at(2027, 1, 1, 1), takes_signups=False)
    made(title="Styczeń", starts_at=at(2026, 12, 31, 23), ends_at=at(2027, 1, 1, 9))
    made(title="Szkic", state=EventState.DRAFT)
    response = client.get("/wydarzenia/2026/12/")
    assert number_found(response) == ("2", "2 wydarzenia")
    rows = re.findall(r"<tr role=\"row\">(.*?)</tr>", response.content.decode(), re.DOTALL)
    cells = [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).replace("\xa0", " ").split()) for cell in _cells(r)] for r in rows
    ]
    place = "Wrocławski Zakład Aktywności Zawodowej, ul. Litomska 10, Wrocław"
    assert cells == [
        ["Dzień", "Godziny", "Wydarzenie", "Miejsce", "Dla kogo", "Zapisy"],
        [
            "3 grudnia, czwartek",
            "9.00–14.00",
            "zmiana terminu Klauzule spotkanie sieciujące",
            place,
            "samorządy",
            "zapisy otwarte",
        ],
        [
            "4 grudnia, piątek",
            "9.00–14.00",
            "zmiana terminu Klauzule spotkanie sieciujące",
            place,
            "samorządy",
            "zapisy otwarte",
        ],
        [
            "31 grudnia, czwartek",
            "19.00–2.00 następnego dnia",
            "Noc spotkanie sieciujące",
            place,
            "dla wszystkich",
            "bez zapisów",
        ],
    ]
    assert '<th role="columnheader" scope="col">Dzień</th>' in response.content.decode()
    # By the Polish clock midnight is a January day; the night of the 31st is in both months.
    assert number_found(client.get("/wydarzenia/2027/01/")) == ("2", "2 wydarzenia")


def _cells(row):
    return re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)


def test_a_month_without_events_says_so_and_leads_on(client):
    response = client.get("/wydarzenia/2026/06/")
    assert response.status_code == 200
    assert "W czerwcu 2026 nie ma żadnych wydarzeń." in text(response)
    assert re.findall(r'rel="(prev|next)" href="([^"]+)"', response.content.decode()) == [
        ("prev", "/wydarzenia/2026/05/"),
        ("next", "/wydarzenia/2026/07/"),
    ]
    assert 'href="/wydarzenia/2025/12/"' in client.get("/wydarzenia/2026/01/").content.decode()


def test_the_year_counts_what_its_months_hold(client):
    made(starts_at=at(2026, 9, 15), ends_at=at(2026, 10, 21))
    made(days=[(START, END), (START + timedelta(days=1), END + timedelta(days=1))])
    made(starts_at=at(2025, 12, 31, 20), ends_at=at(2026, 1, 1, 1))
    response = client.get("/wydarzenia/2026/")
    counts = re.findall(
        r'<li><a[^>]*href="/wydarzenia/2026/(\d\d)/">(\w+) 2026</a> <span[^>]*>([^<]+)</span>',
        response.content.decode(),
    )
    some = {"01": "1 wydarzenie", "09": "1 wydarzenie", "10": "1 wydarzenie", "12": "1 wydarzenie"}
    assert {number: words for number, _, words in counts if words != "nie ma wydarzeń"} == some
    assert [name for _, name, _ in counts][:3] == ["styczeń", "luty", "marzec"]
    for number in some:
        assert number_found(client.get(f"/wydarzenia/2026/{number}/")) == ("1", "1 wydarzenie")


@pytest.mark.parametrize(
    "path",
    ["/wydarzenia/1989/", "/wydarzenia/2100/", "/wydarzenia/2026/13/", "/wydarzenia/2026/00/", "/wydarzenia/0000/01/"]
    + ["/wydarzenia/2026/13.pdf", "/wydarzenia/2100/01.pdf", "/wydarzenia/nie-ma/", "/wydarzenia/nie-ma.ics"]
    + ["/wydarzenia/eksport.json", "/wydarzenia/zdjecia/1/a.webp", "/wydarzenia/materialy/1/", "/wydarzenia/znaki/1/"],
)
def test_what_there_is_not_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/wydarzenia/1990/01/", "/wydarzenia/2099/12/", "/wydarzenia/1990/"])
def test_the_ends_of_time_are_pages_too(client, path):
    assert client.get(path).status_code == 200


# One event.


def full_event(**fields):
    event = EventFactory(
        slug="klauzule",
        title="Klauzule & <b>umowy</b>",
        edition=EditionFactory(),
        series=Series.objects.create(name="Zamówienia"),
        audience=["jst", "nauka"],
        audience_roles=["pracownik"],
        attendance=Attendance.BOTH,
        online_url="https://spotkania.example/pokoj-7",
        getting_in="Winda jest od podwórza.",
        description="Pierwszy akapit.\n\nDrugi akapit.",
        capacity=10,
        per_institution=2,
        signup_closes_at=START - timedelta(days=1),
        latitude=51.1,
        longitude=17.0,
        **fields,
    )
    AgendaItem.objects.create(event=event, starts_at=START, title="Otwarcie", speakers="Jan Przykładowy")
    Speaker.objects.create(event=event, name="Anna Przykładowa", about="prawniczka")
    refresh(event_ids=[event.pk], now=NOW)
    return event


def json_ld(response):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)[1]
    return json.loads(found)[0]


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


HOUR = timedelta(hours=1)
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


# Caches, feeds, the front page.


@pytest.mark.parametrize(
    "path",
    ["/wydarzenia/", "/wydarzenia/2026/12/", "/wydarzenia/2026/", "/wydarzenia/2026/12.pdf", "/wydarzenia/atom.xml"]
    + ["/wydarzenia/kalendarz.ics", "/wydarzenia/eksport.csv", "/wydarzenia/marketing/", "/wydarzenia/marketing.ics"],
)
def test_what_has_not_changed_is_not_sent_again_and_what_has_is(client, path):
    event = made(slug="marketing", capacity=9)

    def status(etag):
        return client.get(path, headers={"If-None-Match": etag}).status_code

    first = client.get(path).headers["ETag"]
    assert status(first) == 304
    RegistrationFactory(event=event)  # one place less
    second = client.get(path).headers["ETag"]
    assert second != first
    assert status(second) == 304
    AgendaItem.objects.create(event=event, title="Nowy punkt")
    assert status(second) == 200
    third = client.get(path).headers["ETag"]
    Registration.objects.update(state=RegistrationState.RESIGNED, ended_at=NOW)
    assert status(third) == 200


def test_time_alone_makes_a_page_old(client, time_machine):
    made(signup_opens_at=NOW + HOUR, signup_closes_at=NOW + 2 * HOUR)
    etags = set()
    for moment in (NOW, NOW + HOUR, NOW + 2 * HOUR, START, END):
        time_machine.move_to(moment, tick=False)
        etags.add(client.get("/wydarzenia/").headers["ETag"])
    assert len(etags) == 5


def test_the_feed_tells_changes_first(client):
    made(title="Dawniej ogłoszone")
    moved = made(title="Przeniesione", state=EventState.MOVED, moved_from=START - HOUR, changed_at=NOW + HOUR)
    feed = ElementTree.fromstring(client.get("/wydarzenia/atom.xml").content)
    entries = list(feed.iter(f"{ATOM}entry"))
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "Zmiana terminu: Przeniesione",
        "Dawniej ogłoszone",
    ]
    assert entries[0].findtext(f"{ATOM}id").replace("-", "") == f"urn:uuid:{moved.uid}"
    assert entries[0].findtext(f"{ATOM}updated") == "2026-11-22T13:00:00+00:00"
    assert "wcześniej 3 grudnia 2026, godz. 8.00" in entries[0].findtext(f"{ATOM}summary").replace("\xa0", " ")


def test_the_front_page_shows_today_and_this_week_only_when_there_is_something(client, time_machine):
    made(title="Jutrzejsze", starts_at=at(2026, 11, 24, 9), ends_at=at(2026, 11, 24, 11))
    made(title="Dzisiejsze", starts_at=at(2026, 11, 23, 9), ends_at=at(2026, 11, 23, 11))
    made(title="Za tydzień", starts_at=at(2026, 11, 30, 9), ends_at=at(2026, 11, 30, 11))
    made(
        title="Odwołane",
        starts_at=at(2026, 11, 23, 9),
        ends_at=at(2026, 11, 23, 11),
        state=EventState.CANCELLED,
        cancel_reason="Choroba.",
    )
    time_machine.move_to(at(2026, 11, 23, 6), tick=False)  # a Monday
    page = text(client.get("/"))
    assert "Dziś Dzisiejsze 10.00–12.00 · Wrocław Wszystkie wydarzenia dziś" in page
    assert "W tym tygodniu Jutrzejsze wtorek, 10.00–12.00 · Wrocław" in page
    assert "Za tydzień" not in page
    assert "Odwołane" not in page
    time_machine.move_to(at(2026, 12, 10, 6), tick=False)
    assert "W tym tygodniu" not in text(client.get("/"))


def test_the_export_is_for_programs(client):
    event = full_event(state=EventState.MOVED, moved_from=START - timedelta(days=7))
    Event.objects.filter(pk=event.pk).update(title="=SUMA(A1)")
    [row] = csv.DictReader(io.StringIO(body(client.get("/wydarzenia/eksport.csv")).decode(), newline=""))
    assert list(row)[:14] == (
        "id url name kind state starts_at ends_at powiat gmina gmina_teryt place street postal_code town".split()
    )
    assert row["url"] == "http://testserver/wydarzenia/klauzule/"
    assert row["name"] == "'=SUMA(A1)"
    assert (row["starts_at"], row["days"]) == ("2026-12-03T09:00+01:00", "2026-12-03T09:00/2026-12-03T14:00")
    assert (row["online"], row["audience"]) == ("tak", "jednostka samorządu terytorialnego; nauka")
    assert "spotkania.example" not in str(row)


def test_what_a_word_processor_leaves_in_a_text_breaks_no_file(client):
    event = made(title="Jeden\x0bdwa\x1f", summary="Trzy\x0bcztery & <b>pięć</b>")
    assert client.get("/wydarzenia/2026/12.pdf").status_code == 200
    calendar = client.get(f"/wydarzenia/{event.slug}.ics").content.decode()
    assert "SUMMARY:Jeden dwa" in calendar
    assert "\x0b" not in calendar
    assert ElementTree.fromstring(client.get("/wydarzenia/atom.xml").content)
    assert openpyxl.load_workbook(io.BytesIO(body(client.get("/wydarzenia/eksport.xlsx"))))
    assert json_ld(client.get(event.get_absolute_url()))["description"] == event.summary


def test_the_sitemap_names_what_is_public(client):
    made(slug="jawne")
    made(state=EventState.DRAFT)
    found = client.get("/sitemap-wydarzenia.xml").content.decode()
    assert re.findall(r"<loc>([^<]+)</loc>", found) == ["http://testserver/wydarzenia/jawne/"]
    slug = EditionFactory().slug
    projects = client.get("/sitemap-projekty.xml").content.decode()
    here = "http://testserver/projekty/"
    assert re.findall(r"<loc>([^<]+)</loc>", projects) == [here, f"{here}{slug}/"]
    assert "http://testserver/wydarzenia/</loc>" in client.get("/sitemap-strony.xml").content.decode()
