"""Events that really took place, as data/samples/wydarzenia.csv states them: without hours where none were printed."""

import csv
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from events.choices import EventState
from events.models import Event, EventDay
from events.use_cases.demo.naming import slug_of, uid_of
from registry.models import Municipality

FILE = settings.BASE_DIR / "data" / "samples" / "wydarzenia.csv"
# What lasts longer, as consultations do, is one span of days; up to this each day is a day of its own.
MOST_DAYS = 5


def write_real(now):
    """Write the events that are not there yet; returns their ids."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    known = set(Event.objects.values_list("slug", flat=True))
    places = set(Municipality.objects.values_list("teryt", flat=True))
    written = []
    for row in rows:
        slug = slug_of(row["title"], date.fromisoformat(row["first_day"]))
        if slug not in known:
            written.append(_write(row, slug, places, now).pk)
    return written


def _write(row, slug, places, now):
    municipality = row["municipality"] if row["municipality"] in places else None
    days = _days(row)
    event = Event.objects.create(
        slug=slug,
        uid=uid_of(slug),
        title=row["title"],
        kind=row["kind"],
        state=EventState.HELD,
        organiser=row["organiser"],
        audience_words=row["for_whom"],
        attendance=row["attendance"],
        place_name=row["place"],
        street=row["street"],
        house_number=row["house_number"],
        town=row["town"],
        municipality_id=municipality,
        county_id=municipality and municipality[:4],
        takes_signups=False,
        source_url=row["source"],
        starts_at=days[0][0],
        ends_at=days[-1][1],
        created_at=now,
        changed_at=now,
        published_at=now,
    )
    EventDay.objects.bulk_create(
        EventDay(event=event, starts_at=start, ends_at=end, is_all_day=whole) for start, end, whole in days
    )
    return event


def _days(row):
    first = date.fromisoformat(row["first_day"])
    last = date.fromisoformat(row["last_day"] or row["first_day"])
    if row["from"]:
        start, end = (_at(first, time.fromisoformat(row[name])) for name in ("from", "to"))
        return [(start, end, False)]
    if (last - first).days < MOST_DAYS:
        each = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        return [(_at(day), _at(day + timedelta(days=1)), True) for day in each]
    return [(_at(first), _at(last + timedelta(days=1)), True)]


def _at(day, hour=time.min):
    return timezone.make_aware(datetime.combine(day, hour))
