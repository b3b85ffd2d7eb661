"""Columns of the calendar's exports."""

from django.utils import timezone
from import_export import resources

from events.calendar.pages import ROLE_WORDS
from events.choices import Attendance, Category, EventKind, EventState
from registry.exports.cells import Listing, Moment, Number, YesNo
from registry.resources import Column, Computed

CHUNK = 500


class EventResource(resources.Resource):
    """Public events, of a queryset of Event. The first columns are a promise: names and order stay."""

    title = "Wydarzenia"

    id = Column(Number)
    url = Column()
    name = Computed(lambda event: event.title)
    kind = Column()
    state = Column()
    starts_at = Column(Moment)
    ends_at = Column(Moment)
    powiat = Computed(lambda event: str(event.county or ""))
    gmina = Computed(lambda event: str(event.municipality or ""))
    gmina_teryt = Computed(lambda event: event.municipality_id)
    place = Computed(lambda event: event.place_name)
    street = Computed(lambda event: event.street_line)
    postal_code = Column()
    town = Column()
    online = Computed(lambda event: event.attendance != Attendance.ON_SITE, YesNo)
    kind_label = Computed(lambda event: EventKind(event.kind).label)
    state_label = Computed(lambda event: EventState(event.state).label)
    days = Computed(lambda event: [_span(day) for day in event.days.all()], Listing)
    audience = Computed(lambda event: [Category(code).label for code in event.audience], Listing)
    audience_roles = Computed(lambda event: [ROLE_WORDS[code] for code in event.audience_roles], Listing)
    audience_words = Column()
    summary = Column()
    organiser = Column()
    edition = Computed(lambda event: event.edition.name if event.edition else "")
    capacity = Column(Number)
    free_places = Column(Number)
    signup_opens_at = Column(Moment)
    signup_closes_at = Column(Moment)
    previous_start = Computed(lambda event: event.moved_from, Moment)
    cancel_reason = Column()
    source_url = Column()
    lat = Computed(lambda event: event.latitude, Number)
    lon = Computed(lambda event: event.longitude, Number)
    changed_at = Column(Moment)

    def __init__(self, *, site="", **options):
        """`site` stands before the path in the column `url`: "https://portal.example"."""
        super().__init__(**options)
        self.site = site

    def iter_queryset(self, queryset):
        rows = queryset.select_related("county", "municipality", "edition").prefetch_related("days")
        rows = rows.defer("ics", "search", "description", "county__boundary", "municipality__boundary")
        for event in rows.iterator(chunk_size=CHUNK):
            event.url = f"{self.site}{event.get_absolute_url()}"
            yield event


def _span(day):
    start, end = timezone.localtime(day.starts_at), timezone.localtime(day.ends_at)
    if day.is_all_day:
        return start.date().isoformat()
    return f"{start:%Y-%m-%dT%H:%M}/{end:%Y-%m-%dT%H:%M}"
