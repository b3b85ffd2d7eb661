"""What the calendar gives to the front page: today, and the days until Sunday."""

from datetime import timedelta

from django.utils import timezone

from core.templatetags.portal import date_words
from events.choices import EventState
from events.filters import midnight
from events.models import EventDay
from events.places import short_place
from events.schedule import short_day
from events.when import hours

SHOWN = 6


def calendar_sections():
    """For core.front_page.contribute: two lists, each left out when there is nothing in it."""
    today = timezone.localdate()
    tomorrow, sunday = today + timedelta(days=1), today + timedelta(days=6 - today.weekday())
    now, ends = midnight(today), midnight(tomorrow)
    days = list(
        EventDay.objects.public()
        .exclude(event__state=EventState.CANCELLED)
        .between(now, midnight(sunday + timedelta(days=1)))
        .select_related("event")
        .only("starts_at", "ends_at", "is_all_day", "event__slug", "event__title", *_PLACE)
    )
    at = [day for day in days if day.starts_at < ends]
    later = [day for day in days if day.starts_at >= ends]
    return {
        "sections": [
            section
            for section in (
                _section(
                    "Dziś", at, today, today, lambda day: hours(day.starts_at, day.ends_at, all_day=day.is_all_day)
                ),
                _section("W tym tygodniu", later, tomorrow, sunday, short_day),
            )
            if section
        ]
    }


_PLACE = ("event__town", "event__place_name", "event__attendance")


def _section(title, days, first, last, when):
    if not days:
        return None
    return {
        "title": title,
        "url": f"/wydarzenia/?from={first}&to={last}",
        "more": "Wszystkie wydarzenia dziś" if first == last else f"Wszystkie do niedzieli, {date_words(last)}",
        "items": [
            {
                "label": day.event.title,
                "url": day.event.get_absolute_url(),
                "meta": " · ".join(filter(None, [when(day), short_place(day.event)])),
            }
            for day in days[:SHOWN]
        ],
    }
