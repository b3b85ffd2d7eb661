"""The schedule of a month: one line for each day of an event, for the page and for the document."""

from dataclasses import dataclass
from datetime import timedelta

from events.calendar.pages import AUDIENCE_WORDS
from events.calendar.places import ONLINE
from events.calendar.standing import standing
from events.calendar.when import DASH, WEEKDAYS, day_of, hours, month_day, weekday_words
from events.choices import Attendance, EventKind, EventState


@dataclass(frozen=True)
class Line:
    """`start` is an ISO date; `state` is (kind, text) of what has changed, or None."""

    day: str
    start: str
    clock: str
    title: str
    label: str
    url: str
    kind: str
    place: str
    audience: str
    state: tuple | None
    signup: str


@dataclass(frozen=True)
class Schedule:
    lines: list
    events: int


def schedule(days, *, now):
    """The Schedule of these EventDays, each with its event at hand."""
    return Schedule([_line(day, now) for day in days], len({day.event_id for day in days}))


def _line(day, now):
    event = day.event
    return Line(
        day=_day(day),
        start=day_of(day.starts_at).isoformat(),
        clock=hours(day.starts_at, day.ends_at, all_day=day.is_all_day),
        title=event.title,
        label=day.label,
        url=f"/wydarzenia/{event.slug}/",
        kind=EventKind(event.kind).label,
        place=_place(event),
        audience=event.audience_words
        or ", ".join(AUDIENCE_WORDS[code] for code in event.audience)
        or "dla wszystkich",
        state=_state(event),
        signup=standing(event, now).short,
    )


def _place(event):
    """Without the postal code: a schedule tells where to go, not where to write."""
    if event.attendance == Attendance.ONLINE:
        return ONLINE
    place = ", ".join(filter(None, [event.place_name, event.street_line, event.town]))
    return place if event.attendance == Attendance.ON_SITE else f"{place}, także {ONLINE}".strip(", ")


def _day(day):
    """ "3 grudnia, czwartek"; of what lasts several whole days "15 września – 20 października"."""
    first, last = day_of(day.starts_at), day_of(day.ends_at - timedelta(microseconds=1))
    if day.is_all_day and last > first:
        return f"{month_day(first)} {DASH} {month_day(last)}"
    return f"{month_day(first)}, {WEEKDAYS[first.weekday()]}"


def _state(event):
    if event.state == EventState.CANCELLED:
        return "bad", "odwołane"
    return ("warn", "zmiana terminu") if event.state == EventState.MOVED else None


def short_day(day):
    """ "czwartek, 9.00–14.00" of an EventDay."""
    return ", ".join(
        filter(None, [weekday_words(day.starts_at), hours(day.starts_at, day.ends_at, all_day=day.is_all_day)])
    )
