"""iCalendar (RFC 5545): what calendars of people and programs get.

One VEVENT for each day of an event: RDATE would say the same in one, but Google Calendar and Outlook leave it out when
they import a file (docs/decisions/0073). The first day has the plain UID, so that an event which grows by a day keeps
it; the others add their number.
"""

from functools import lru_cache

from icalendar import Event

from core.ical import END, host, opening, page_url, plain
from events.calendar import places
from events.calendar.when import CLOCK, moment_words
from events.choices import Attendance, EventState, RegistrationState


def vevents(event, days):
    """The VEVENTs of an event of these EventDays, as text with CRLF; without the on-line link."""
    status = "CANCELLED" if event.state == EventState.CANCELLED else "CONFIRMED"
    components = (_component(event, day, number, status=status) for number, day in enumerate(days, 1))
    return b"".join(component.to_ical() for component in components).decode()


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
    return opening(method=method) + b"".join(components) + END


def _component(event, day, number, *, status, sequence=None, link=""):
    component = Event()
    component.add("uid", f"{event.uid}{f'-{number}' if number > 1 else ''}@{host()}")
    component.add("dtstamp", event.changed_at)
    component.add("last-modified", event.changed_at)
    component.add("created", event.created_at)
    component.add("sequence", event.sequence if sequence is None else sequence)
    component.add("status", status)
    component.add("summary", plain(_summary(event, day, status)))
    start, end = day.starts_at.astimezone(CLOCK), day.ends_at.astimezone(CLOCK)
    component.add("dtstart", start.date() if day.is_all_day else start)
    component.add("dtend", end.date() if day.is_all_day else end)
    component.add("description", plain(_description(event, link)))
    if place := places.full_place(event):
        component.add("location", plain(place))
    if places.has_point(event) and event.attendance != Attendance.ONLINE:
        component.add("geo", (event.latitude, event.longitude))
    component.add("url", page_url(event))
    component.add("categories", [event.get_kind_display()])
    if link:
        component.add("conference", link, parameters={"VALUE": "URI", "FEATURE": "AUDIO,VIDEO"})  # RFC 7986 §5.11
    return component


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
