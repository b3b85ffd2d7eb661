"""How fast the calendar answers with 20,000 events, and its file of 2,000: the same at each of SIZES."""

import statistics
import time
from datetime import UTC, datetime, timedelta
from random import Random

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from bench.catalogue import PLAIN_STATIC, RUNS, percentile, visited
from events.choices import Category, EventKind, EventState
from events.models import CalendarChange, Event, EventDay
from events.use_cases.calendar.derived import refresh
from registry.models import Municipality

COUNT, AHEAD = 20_000, 2_000
LIMIT, FILE_LIMIT = 40, 150  # milliseconds


def run(size):
    settings.ALLOWED_HOSTS, settings.DEBUG = ["*"], False
    settings.STORAGES["staticfiles"] = PLAIN_STATIC
    with transaction.atomic():
        Event.objects.all().delete()
        fill(timezone.now())
    with connection.cursor() as cursor:
        for model in (Event, EventDay, CalendarChange):
            cursor.execute(f"VACUUM ANALYZE {model._meta.db_table}")
    today = timezone.localdate()
    month = f"/wydarzenia/{today.year}/{today.month:02}/"
    print(f"\nCalendar, {COUNT:,} events, {AHEAD:,} of them to come, {RUNS} runs each; times in ms")
    print(f"{'page':<34}{'median':>9}{'p95':>8}{'sql':>8}{'queries':>9}{'limit':>7}")
    for name, path in {
        "list": "/wydarzenia/",
        "list, filters": "/wydarzenia/?kind=szkolenie&powiat=0264&audience=pes",
        "list, words": "/wydarzenia/?q=szkolenie",
        "list, any time": "/wydarzenia/?from=1990-01-01&page=500",
        "month": month,
        "year": f"/wydarzenia/{today.year}/",
    }.items():
        print(f"{name:<34}{measure(path)}{LIMIT:>7}")
    print_file()


def fill(now):
    """Nine of ten in the years before, spread evenly; the rest in the half year to come. One in ten of two days."""
    random = Random(1)  # noqa: S311 - a benchmark, not a secret
    towns = list(Municipality.objects.values_list("teryt", "name"))
    events, days = [], []
    for number in range(COUNT):
        ahead = number < AHEAD
        day = now + timedelta(days=random.randint(1, 180) if ahead else -random.randint(1, 3650))
        start = day.replace(hour=random.randint(8, 16), minute=0, second=0, microsecond=0)
        teryt, town = random.choice(towns)
        event = Event(
            slug=f"wydarzenie-{number}",
            title=f"{random.choice(EventKind.labels).capitalize()} nr {number}: {random.choice(TOPICS)}",
            kind=random.choice(EventKind.values),
            state=EventState.PUBLISHED if ahead else EventState.HELD,
            summary="Jak razem zamawiać, sprzedawać i liczyć koszty, żeby starczyło na wszystkich.",
            description="Spotkanie dla tych, którzy chcą zacząć. " * 12,
            audience=random.sample(Category.values, 2),
            place_name="Centrum Aktywności Przykład",
            street="ul. Ogrodowa",
            house_number="12",
            town=town,
            municipality_id=teryt,
            county_id=teryt[:4],
            capacity=30,
            starts_at=start,
            ends_at=start + timedelta(hours=4),
            created_at=now,
            changed_at=now,
            published_at=datetime(2020, 1, 1, tzinfo=UTC),
        )
        events.append(event)
        days.append(EventDay(event=event, starts_at=event.starts_at, ends_at=event.ends_at))
        if number % 10 == 0:
            second = start + timedelta(days=1)
            days.append(EventDay(event=event, starts_at=second, ends_at=second + timedelta(hours=4)))
    Event.objects.bulk_create(events, batch_size=1000)
    EventDay.objects.bulk_create(days, batch_size=1000)
    started = time.perf_counter()
    refresh(event_ids=[event.pk for event in events], now=now)
    print(f"\n{COUNT:,} events refreshed in {time.perf_counter() - started:.1f} s")


TOPICS = ("zamówienia", "koszty", "reintegracja", "sprzedaż", "dotacje", "spółdzielnia", "wolontariat")


def measure(path):
    client = Client(headers={"accept-encoding": "gzip"})
    for _ in range(3):
        assert client.get(path).status_code == 200  # noqa: S101
    walls, times, sent, _ = visited(client, path)
    return f"{statistics.median(walls):>9.1f}{percentile(walls):>8.1f}{statistics.median(times):>8.1f}{len(sent):>9}"


def print_file():
    client, path = Client(), "/wydarzenia/kalendarz.ics"
    walls, found = [], 0
    for _ in range(RUNS):
        started = time.perf_counter()
        response = client.get(path)
        content = b"".join(response.streaming_content)
        walls.append(1000 * (time.perf_counter() - started))
        found = content.count(b"BEGIN:VEVENT")
    name = f"calendar file, {found:,} VEVENTs"
    print(f"{name:<34}{statistics.median(walls):>9.1f}{percentile(walls):>8.1f}{'':>17}{FILE_LIMIT:>7}", end="")
    print(f"   {len(content):,} bytes")
    again = []
    for _ in range(RUNS):
        started = time.perf_counter()
        unchanged = client.get(path, headers={"if-none-match": response["ETag"]})
        again.append(1000 * (time.perf_counter() - started))
    name = f"unchanged: {unchanged.status_code}"
    print(f"{name:<34}{statistics.median(again):>9.1f}{percentile(again):>8.1f}")
