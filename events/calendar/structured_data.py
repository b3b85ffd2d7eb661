"""schema.org for search engines (JSON-LD): the same facts as on the page of an event, never more."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from events.calendar import places
from events.calendar.standing import SignUp
from events.choices import Attendance, EventState

_SCHEMA = "https://schema.org/"
_STATUS = {EventState.CANCELLED: "EventCancelled", EventState.MOVED: "EventRescheduled"}
_ATTENDANCE = {
    Attendance.ON_SITE: "OfflineEventAttendanceMode",
    Attendance.ONLINE: "OnlineEventAttendanceMode",
    Attendance.BOTH: "MixedEventAttendanceMode",
}


def event_data(page, *, absolute):
    """`page` is an EventPage of events.calendar.pages; `absolute` makes a full address of a path, as
    request.build_absolute_uri does."""
    event, url = page.event, absolute(page.event.get_absolute_url())
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": event.title,
        "description": event.summary or event.description[:300],
        "startDate": _moment(event.starts_at, page.days[:1]),
        "endDate": _moment(event.ends_at, page.days[-1:], end=True),
        "previousStartDate": _iso(event.moved_from) if event.state == EventState.MOVED else "",
        "eventStatus": _SCHEMA + _STATUS.get(event.state, "EventScheduled"),
        "eventAttendanceMode": _SCHEMA + _ATTENDANCE[event.attendance],
        "location": _location(event, url),
        "organizer": {"@type": "Organization", "name": event.organiser or settings.OPERATOR["name"]},
        "performer": [{"@type": "Person", "name": speaker.name} for speaker in page.speakers],
        "maximumAttendeeCapacity": event.capacity,
        "image": [absolute(photo.large) for photo in page.photos],
        "inLanguage": "pl",
        "offers": _offer(page, absolute),
    }


def _iso(moment):
    return timezone.localtime(moment).isoformat() if moment else ""


def _moment(moment, days, *, end=False):
    """Days without hours are dates; schema.org ends them on their last day."""
    if moment is None:
        return ""
    if days and days[0].is_all_day:
        return timezone.localdate(moment - timedelta(microseconds=1) if end else moment).isoformat()
    return _iso(moment)


def _location(event, url):
    found = []
    if event.attendance != Attendance.ONLINE and (event.place_name or event.town):
        found.append(
            {
                "@type": "Place",
                "name": event.place_name or event.town,
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": event.street_line,
                    "postalCode": event.postal_code,
                    "addressLocality": event.town,
                    "addressCountry": "PL",
                },
                "geo": {"@type": "GeoCoordinates", "latitude": event.latitude, "longitude": event.longitude}
                if places.has_point(event)
                else None,
            }
        )
    if event.attendance != Attendance.ON_SITE:
        # The link itself is for those who have a place: the page stands for it.
        found.append({"@type": "VirtualLocation", "url": url})
    return found[0] if len(found) == 1 else found


def _offer(page, absolute):
    state = page.standing
    if state.code not in (SignUp.OPEN, SignUp.RESERVE, SignUp.FULL, SignUp.ELSEWHERE):
        return None
    full = state.code in (SignUp.RESERVE, SignUp.FULL)
    return {
        "@type": "Offer",
        "availability": _SCHEMA + ("SoldOut" if full else "InStock"),
        "url": absolute(state.url or page.event.get_absolute_url()),
        "validThrough": _iso(page.event.signup_closes_at),
    }
