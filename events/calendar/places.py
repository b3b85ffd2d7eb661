"""Where an event takes place, in words and as a point."""

from urllib.parse import urlencode

from events.choices import Attendance

ONLINE = "on-line"


def address_line(event):
    """ "ul. Litomska 10, 53-641 Wrocław", or as much of it as is known."""
    return ", ".join(filter(None, [event.street_line, f"{event.postal_code} {event.town}".strip()]))


def full_place(event):
    """The place for calendars and documents: name and address, and that one may join on-line; never the link."""
    parts = [event.place_name, address_line(event)] if event.attendance != Attendance.ONLINE else []
    if event.attendance != Attendance.ON_SITE:
        parts.append(ONLINE)
    return ", ".join(filter(None, parts))


def short_place(event):
    """For a line of a list: the town, or the name of the place where the town is not known."""
    if event.attendance == Attendance.ONLINE:
        return ONLINE
    place = event.town or event.place_name
    return f"{place} i {ONLINE}" if place and event.attendance == Attendance.BOTH else place


def has_point(event):
    return event.latitude is not None and event.longitude is not None


def map_url(event):
    """The place on OpenStreetMap, in a window of its own: the portal draws no streets. Empty when nothing is known."""
    if event.attendance == Attendance.ONLINE:
        return ""
    if has_point(event):
        point = {"mlat": event.latitude, "mlon": event.longitude}
        return f"https://www.openstreetmap.org/?{urlencode(point)}#map=17/{event.latitude}/{event.longitude}"
    if event.town:
        wanted = ", ".join(filter(None, [event.street_line, event.town]))
        return f"https://www.openstreetmap.org/search?{urlencode({'query': wanted})}"
    return ""
