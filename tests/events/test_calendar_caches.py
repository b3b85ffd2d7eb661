"""What of the calendar is sent again, and what programs get: feeds, exports, the sitemap; the front page."""

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from defusedxml import ElementTree

from events.choices import EventState, RegistrationState
from events.models import AgendaItem, Event, Registration
from tests.events.calendar_pages import ATOM, HOUR, at, body, full_event, json_ld, made, text
from tests.events.factories import END, NOW, START, EditionFactory, RegistrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]


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
