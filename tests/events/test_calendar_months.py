"""Months and years of the calendar, and the ends of its time."""

import re
from datetime import timedelta

import pytest

from events.choices import EventState
from tests.events.calendar_pages import at, made, number_found, text
from tests.events.factories import END, NOW, START

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]


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
