"""What the calendar gives to the front page: what is on today and this week."""

from datetime import timedelta

from django.utils import timezone

from events.calendar.places import short_place
from events.calendar.schedule import short_day
from events.calendar.when import date_words, hours
from events.choices import EventState
from events.filters import midnight
from events.models import EventDay

SHOWN = 6


def calendar_sections():
    """For core.front_page.contribute: today, the rest of the week and, on its last two days, the week after. Each is
    left out when there is nothing in it; what has been cancelled is not on."""
    today = timezone.localdate()
    tomorrow, sunday = today + timedelta(days=1), today + timedelta(days=6 - today.weekday())
    monday, last = sunday + timedelta(days=1), sunday + timedelta(days=7)
    parts = [("Dziś", today, today, _clock), ("W tym tygodniu", tomorrow, sunday, short_day)]
    if today.weekday() > 4:
        parts.append(("W przyszłym tygodniu", monday, last, short_day))
    days = list(
        EventDay.objects.public()
        .exclude(event__state=EventState.CANCELLED)
        .between(midnight(today), midnight(last + timedelta(days=1)))
        .select_related("event")
        .only("starts_at", "ends_at", "is_all_day", "event__slug", "event__title", *_PLACE)
    )
    # What began before today is on today.
    on = {day.pk: max(timezone.localdate(day.starts_at), today) for day in days}
    sections = [
        _section(title, [day for day in days if first <= on[day.pk] <= until], first, until, when)
        for title, first, until, when in parts
    ]
    return {"sections": [section for section in sections if section]}


_PLACE = ("event__town", "event__place_name", "event__attendance")


def _clock(day):
    return hours(day.starts_at, day.ends_at, all_day=day.is_all_day)


def _section(title, days, first, last, when):
    if not days:
        return None
    return {
        "title": title,
        "url": f"/wydarzenia/?from={first}&to={last}",
        "more": "Wszystkie wydarzenia dziś" if first == last else f"Wszystkie do {date_words(last)}",
        "items": [
            {
                "label": day.event.title,
                "url": day.event.get_absolute_url(),
                "meta": " · ".join(filter(None, [when(day), short_place(day.event)])),
            }
            for day in days[:SHOWN]
        ],
    }
