"""What leaves the list as a file: exports, feed, calendar, sitemap, the front page."""

import csv
import io
import json
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from defusedxml import ElementTree
from django.utils import timezone
from icalendar import Calendar
from openpyxl import load_workbook

from procurement.choices import NoticeState
from procurement.models import OrderingUnit
from procurement.outlets import ical
from procurement.outlets.when import left_words, opening_code, opening_words
from procurement.resources import PostingResource
from tests.procurement.orders import SOON, concluded, notice, plan_item, refresh
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db
PROMISED = "id url type year buyer buyer_nip subject kind mode cpv value start clauses number".split()
ATOM = "{http://www.w3.org/2005/Atom}"


def content(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def orders():
    item = plan_item(subject="Sprzątanie urzędu", clauses=["art96", "art94"], cpv=["90910000", "90919200"])
    made = notice(
        subject="=Obiady", value=Decimal("50000.5"), cpv=["55520000"], deadline_at=SOON, bzp_number="2026/BZP 00012345"
    )
    ended = notice(subject="Remont", nature="roboty")
    concluded(ended)
    refresh()
    return item, made, ended


def test_the_columns_begin_as_promised(client, orders):
    rows = list(csv.reader(io.StringIO(content(client, "/zamowienia/eksport.csv").decode())))
    assert rows[0][:14] == PROMISED
    by_subject = {row[6]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    plan = by_subject["Sprzątanie urzędu"]
    assert (plan["type"], plan["year"], plan["kind"], plan["value"]) == ("plan", "2027", "uslugi", "180000.00")
    assert (plan["cpv"], plan["clauses"]) == ("90910000-9; 90919200-4", "art94; art96")
    assert (plan["start"], plan["number"]) == ("2027-Q2", "1.3.1")
    assert plan["buyer_nip"] == orders[0].version.plan.authority.institution.nip
    assert plan["url"].startswith("http://testserver/zamowienia/")
    # What a spreadsheet would take for a formula is text.
    meal = by_subject["'=Obiady"]
    assert (meal["number"], meal["start"]) == ("2026/BZP 00012345", "2026-11-22")


def test_json_keeps_numbers_and_lists(client, orders):
    rows = json.loads(content(client, "/zamowienia/eksport.json"))
    assert list(rows[0])[:14] == PROMISED
    meal = next(row for row in rows if row["subject"] == "=Obiady")
    assert (meal["value"], meal["cpv"], meal["clauses"], meal["year"]) == (50000.5, ["55520000-1"], [], 2026)


def test_the_workbook_holds_the_same(client, orders):
    sheet = load_workbook(io.BytesIO(content(client, "/zamowienia/eksport.xlsx"))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0])[:14] == PROMISED
    assert len(rows) == 4


def test_every_outlet_holds_what_the_list_finds(client, orders):
    for query, subjects in (("?type=plan", {"Sprzątanie urzędu"}), ("?kind=roboty", {"Remont"}), ("?q=nic", set())):
        rows = json.loads(content(client, f"/zamowienia/eksport.json{query}"))
        assert {row["subject"] for row in rows} == subjects
        feed = ElementTree.fromstring(content(client, f"/zamowienia/atom.xml{query}"))
        titles = {entry.findtext(f"{ATOM}title").rpartition(": ")[2] for entry in feed.iter(f"{ATOM}entry")}
        assert titles == subjects


def test_an_export_asks_the_same_number_of_times(client, django_assert_num_queries):
    for rows in (1, 30):
        for _ in range(rows):
            notice(clauses=["art94"], cpv=["55520000"])
        refresh()
        with django_assert_num_queries(3):
            content(client, "/zamowienia/eksport.json")


def test_no_other_format_is_known(client):
    for extension in ("geojson", "xls", "x"):
        assert client.get(f"/zamowienia/eksport.{extension}").status_code == 404


def test_the_calendar_holds_what_is_coming(client, orders):
    notice(subject="Minione", deadline_at=timezone.now() - timedelta(days=1))
    refresh()
    calendar = Calendar.from_ical(content(client, "/zamowienia/kalendarz.ics"))
    events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    plan = events.pop("Planowane wszczęcie (II kwartał 2027): Sprzątanie urzędu")
    assert plan["dtstart"].dt.isoformat() == "2027-04-01"
    deadline = events.pop("Termin ofert: =Obiady")
    assert deadline["dtstart"].dt == SOON
    assert "50\xa0000,50\xa0zł" in str(deadline["description"])
    assert events == {}
    only = Calendar.from_ical(content(client, "/zamowienia/kalendarz.ics?type=plan"))
    assert len(list(only.walk("VEVENT"))) == 1


def test_the_calendar_ends_with_the_nearest(client, monkeypatch):
    monkeypatch.setattr(ical, "MOST", 2)
    for days in (9, 3, 6):
        notice(subject=f"Za {days}", deadline_at=SOON + timedelta(days=days))
    refresh()
    calendar = Calendar.from_ical(content(client, "/zamowienia/kalendarz.ics"))
    assert [str(event["summary"]) for event in calendar.walk("VEVENT")] == ["Termin ofert: Za 3", "Termin ofert: Za 6"]


def test_the_sitemap_names_every_order(client, orders):
    page = content(client, "/sitemap-zamowienia.xml").decode()
    assert page.count("<loc>") == 3
    assert "-sprzatanie-urzedu/" in page
    assert "sitemap-zamowienia.xml" in content(client, "/sitemap.xml").decode()


def test_the_sitemap_names_each_year_of_plans_once_and_no_draft(client):
    seen = plan_item(version__plan__year=2027)
    buyer = seen.version.plan.authority
    unit = OrderingUnit.objects.create(authority=buyer, name="Szkoła")
    plan_item(version__plan__authority=buyer, version__plan__unit=unit, version__plan__year=2027)
    plan_item(version__plan__authority=buyer, version__plan__year=2028, publish=False)
    page = content(client, "/sitemap-plany.xml").decode()
    assert page.count("<loc>") == 1
    assert f"http://testserver/zamowienia/plany/{buyer.slug}/2027/</loc>" in page
    assert f"<lastmod>{NOW:%Y-%m-%d}</lastmod>" in page
    assert client.get(f"/zamowienia/plany/{buyer.slug}/2027/").status_code == 200


def test_the_sitemap_names_figures_of_those_who_have_announced_something(client):
    made, draft = notice(), notice(state=NoticeState.DRAFT)
    page = content(client, "/sitemap-statystyki.xml").decode()
    assert f"http://testserver/zamowienia/statystyki/{made.authority.slug}/</loc>" in page
    assert draft.authority.slug not in page
    assert "http://testserver/zamowienia/statystyki/</loc>" in content(client, "/sitemap-strony.xml").decode()


def test_the_sitemaps_ask_the_same_of_the_database_for_few_and_for_many(client, django_assert_num_queries):
    for rows in (1, 12):
        for number in range(rows):
            plan_item(version__plan__year=2030 + number + rows)
            notice()
        for section in ("plany", "statystyki"):
            with django_assert_num_queries(2):
                client.get(f"/sitemap-{section}.xml")


def test_the_front_page_tells_what_waits_for_offers(client, orders):
    page = content(client, "/").decode()
    assert "Zamówienia, które czekają na oferty" in page
    assert "=Obiady" in page
    assert "Remont" not in page


def test_the_front_page_says_nothing_when_nothing_waits(client):
    plan_item()
    refresh()
    assert "czekają na oferty" not in content(client, "/").decode()


def test_the_masthead_leads_there(client):
    assert '<a href="/zamowienia/"' in content(client, "/katalog/").decode()


@pytest.mark.parametrize(
    ("precision", "words", "code"),
    [("miesiac", "maj 2027", "2027-05"), ("kwartal", "II kwartał 2027", "2027-Q2"),
     ("rok", "2027", "2027")],
)  # fmt: skip
def test_the_beginning_is_said_as_exactly_as_it_is_known(precision, words, code):
    day = datetime(2027, 5, 1).date()  # noqa: DTZ001 - a date
    assert (opening_words(day, precision), opening_code(day, precision)) == (words, code)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "ostatni dzień"), (1, "został 1 dzień"), (2, "zostały 2\xa0dni"), (5, "zostało 5\xa0dni"),
     (22, "zostały 22\xa0dni")],
)  # fmt: skip
def test_the_countdown_speaks_polish(days, words):
    now = datetime(2026, 11, 28, 12, tzinfo=timezone.get_default_timezone())
    assert left_words(now + timedelta(days=days, hours=3), now) == words


def test_columns_are_known_by_name():
    assert [field.column_name for field in PostingResource().get_export_fields()][:14] == PROMISED
