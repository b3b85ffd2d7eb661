"""iCalendar (RFC 5545): the frame of every calendar that the portal gives, and what all entries of them share."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard, vDuration

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Portal ekonomii spolecznej//Kalendarz//PL"
END = b"END:VCALENDAR\r\n"
_BATCH = 200
# No text of RFC 5545 may hold these (§3.1); a word processor pastes its line breaks as one of them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def host():
    return urlsplit(settings.SITE_URL).hostname


def page_url(thing):
    return f"{settings.SITE_URL.rstrip('/')}{thing.get_absolute_url()}"


def plain(text):
    """`text` without what a calendar cannot hold."""
    return _CONTROLS.sub(" ", text)


def calendar(texts, *, name):
    """Pieces of a VCALENDAR around texts of VEVENTs with CRLF."""
    yield opening(name=name)
    pieces = []
    for text in texts:
        pieces.append(text)
        if len(pieces) == _BATCH:
            yield "".join(pieces).encode()
            pieces.clear()
    yield "".join(pieces).encode() + END


def opening(*, name="", method="PUBLISH"):
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
