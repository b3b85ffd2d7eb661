"""iCalendar (RFC 5545): what calendars of people and programs get.

One VEVENT for each day of an event: RDATE would say the same in one, but Google Calendar and Outlook leave it out when
they import a file (docs/decisions/0073). The first day has the plain UID, so that an event which grows by a day keeps
it; the others add their number.
"""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDuration

from events.calendar import places
from events.calendar.when import CLOCK, moment_words
from events.choices import Attendance, EventState, RegistrationState

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Portal ekonomii spolecznej//Kalendarz//PL"
END = b"END:VCALENDAR\r\n"
_BATCH = 200
# No text of RFC 5545 may hold these (§3.1); a word processor pastes its line breaks as one of them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def host():
    return urlsplit(settings.SITE_URL).hostname


def page_url(event):
    return f"{settings.SITE_URL.rstrip('/')}{event.get_absolute_url()}"


def vevents(event, days):
    """The VEVENTs of an event of these EventDays, as text with CRLF; without the on-line link."""
    status = "CANCELLED" if event.state == EventState.CANCELLED else "CONFIRMED"
    components = (_component(event, day, number, status=status) for number, day in enumerate(days, 1))
    return b"".join(component.to_ical() for component in components).decode()


def calendar(texts, *, name):
    """Pieces of a VCALENDAR around texts made by vevents()."""
    yield _opening(name=name)
    pieces = []
    for text in texts:
        pieces.append(text)
        if len(pieces) == _BATCH:
            yield "".join(pieces).encode()
            pieces.clear()
    yield "".join(pieces).encode() + END


def invitation(registration):
    """The file of a person's letter: the same UIDs, with the on-line link for those whose place is confirmed.

    CANCELLED when the place is gone, TENTATIVE while it waits; of an event that is called off the method is CANCEL
    (RFC 5546 §3.2.5). SEQUENCE is the sum of both counters, which grows with each change of the event or of the
    sign-up (§2.1.4); the greater one of the two might stand still.
    """
    event, state = registration.event, registration.state
    if event.state == EventState.CANCELLED or not registration.has_place:
        status = "CANCELLED"
    else:
        status = "TENTATIVE" if state in RegistrationState.waiting() else "CONFIRMED"
    sequence, link = event.sequence + registration.sequence, event.online_url if state in _SURE else ""
    return _personal(event, event.changed_at, event.state, status=status, sequence=sequence, link=link)


_SURE = (RegistrationState.CONFIRMED, RegistrationState.PRESENT)


# Everybody's file of one version of an event is the same, and it is written while the event is locked.
@lru_cache(maxsize=256)
def _personal(event, changed_at, state, *, status, sequence, link):
    method = "CANCEL" if state == EventState.CANCELLED else "PUBLISH"
    days = enumerate(event.days.all(), 1)
    components = (
        _component(event, day, number, status=status, sequence=sequence, link=link).to_ical() for number, day in days
    )
    return _opening(method=method) + b"".join(components) + END


def _opening(*, name="", method="PUBLISH"):
    """Everything before the first VEVENT. `name` is what a program calls a calendar that it follows."""
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", method)
    if name:
        whole.add("name", name)  # RFC 7986 §5.1, and the older word for it
        whole.add("x-wr-calname", name)
        whole.add("refresh-interval", vDuration(timedelta(hours=6)), parameters={"VALUE": "DURATION"})
        whole.add("x-published-ttl", vDuration(timedelta(hours=6)))
    whole.add("x-wr-timezone", "Europe/Warsaw")
    whole.add_component(_timezone())
    return whole.to_ical().removesuffix(END)


def _timezone():
    """Summer time of the European Union as it has been since 1996 (directive 2000/84/EC): last Sundays, 1.00 UTC."""
    zone = Timezone()
    zone.add("tzid", "Europe/Warsaw")
    for part, month, begins, before, after, name in (
        (TimezoneDaylight(), 3, "19960331T020000", 1, 2, "CEST"),
        (TimezoneStandard(), 10, "19961027T030000", 2, 1, "CET"),
    ):
        part.add("dtstart", datetime.strptime(begins, "%Y%m%dT%H%M%S"))  # noqa: DTZ007 - local time, as 3.6.5 asks
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("tzname", name)
        zone.add_component(part)
    return zone


def _component(event, day, number, *, status, sequence=None, link=""):
    component = Event()
    component.add("uid", f"{event.uid}{f'-{number}' if number > 1 else ''}@{host()}")
    component.add("dtstamp", event.changed_at)
    component.add("last-modified", event.changed_at)
    component.add("created", event.created_at)
    component.add("sequence", event.sequence if sequence is None else sequence)
    component.add("status", status)
    component.add("summary", _plain(_summary(event, day, status)))
    start, end = day.starts_at.astimezone(CLOCK), day.ends_at.astimezone(CLOCK)
    component.add("dtstart", start.date() if day.is_all_day else start)
    component.add("dtend", end.date() if day.is_all_day else end)
    component.add("description", _plain(_description(event, link)))
    if place := places.full_place(event):
        component.add("location", _plain(place))
    if places.has_point(event) and event.attendance != Attendance.ONLINE:
        component.add("geo", (event.latitude, event.longitude))
    component.add("url", page_url(event))
    component.add("categories", [event.get_kind_display()])
    if link:
        component.add("conference", link, parameters={"VALUE": "URI", "FEATURE": "AUDIO,VIDEO"})  # RFC 7986 §5.11
    return component


def _plain(text):
    return _CONTROLS.sub(" ", text)


def _summary(event, day, status):
    """Many programs show a cancelled event like any other, so its name says it too."""
    title = f"{event.title} ({day.label})" if day.label else event.title
    return f"Odwołane: {title}" if event.state == EventState.CANCELLED and status == "CANCELLED" else title


def _description(event, link):
    parts = [event.summary]
    if event.state == EventState.CANCELLED:
        parts.insert(0, f"Wydarzenie odwołane: {event.cancel_reason}")
    elif event.state == EventState.MOVED and event.moved_from:
        parts.insert(0, f"Zmiana terminu: wcześniej {moment_words(event.moved_from)}.")
    if link:
        parts.append(f"Odsyłacz do spotkania: {link}")
    elif event.attendance != Attendance.ON_SITE:
        parts.append("Odsyłacz do spotkania dostają osoby z potwierdzonym miejscem.")
    if event.getting_in and event.attendance != Attendance.ONLINE:
        parts.append(event.getting_in)
    parts.append(f"Szczegóły: {page_url(event)}")
    return "\n\n".join(filter(None, parts))
