"""The calendar as a list whose searches can be saved (notifications.searches)."""

from events.calendar.panel import chips
from events.feeds import EventFeed
from events.filters import EventFilter, county_names
from events.models import Event
from notifications.searches import Search
from registry.searches import names_of, told_by, why


def _bind(datas, now):
    counties = county_names()
    return [EventFilter(data, now=now, counties=counties) for data in datas]


EVENTS = Search(
    name="wydarzenia",
    label="Wydarzenia",
    page="events:event_list",
    feed="events:event_feed",
    words="wydarzenie,wydarzenia,wydarzeń",
    filters=names_of(EventFilter),
    bind=_bind,
    why=why,
    chips=lambda found: [one["label"] for one in chips(found)],
    rows=lambda now: Event.objects.public().for_lists(),
    tell=told_by(EventFeed()),
)
