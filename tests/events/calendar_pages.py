"""Events of a calendar and what is read on its pages, for the tests of /wydarzenia/."""

import json
import re
from datetime import UTC, datetime, timedelta

from events.choices import Attendance
from events.models import AgendaItem, Series, Speaker
from events.use_cases.calendar.derived import refresh
from tests.events.factories import NOW, START, EditionFactory, EventFactory

HOUR = timedelta(hours=1)
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
