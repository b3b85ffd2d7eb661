"""Everything that the page of one event shows, read in a fixed number of queries."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils import timezone

from core.templatetags.portal import plural
from events.calendar import places
from events.calendar.photos import photo_of
from events.calendar.standing import SignUp, standing
from events.calendar.when import date_words, day_words, event_words, hour, moment_words
from events.choices import Attendance, Category, DelegateRole, EventState
from events.models import Event

ROLE_WORDS = {
    DelegateRole.MEMBER: "członkowie",
    DelegateRole.BOARD: "członkowie zarządu",
    DelegateRole.EMPLOYEE: "pracownicy",
    DelegateRole.VOLUNTEER: "wolontariusze",
}
AUDIENCE_WORDS = {
    Category.PES: "podmioty ekonomii społecznej",
    Category.PS: "przedsiębiorstwa społeczne",
    Category.NGO: "organizacje pozarządowe",
    Category.SUPPORT: "instytucje wspierające ekonomię społeczną",
    Category.LOCAL_GOVERNMENT: "samorządy",
    Category.SCIENCE: "nauka",
    Category.BUSINESS: "biznes",
}


@dataclass(frozen=True)
class DayLine:
    words: str
    label: str
    start: object


def event_by_slug(slug):
    """With all that hangs on it, or None."""
    rows = Event.objects.select_related("edition", "series", "municipality", "county").defer("ics", "search")
    return rows.prefetch_related("days", "agenda", "speakers", "materials", "photos").filter(slug=slug).first()


class EventPage:
    def __init__(self, event, *, now):
        self.event, self.now = event, now
        self.days = list(event.days.all())
        self.speakers = list(event.speakers.all())
        self.standing = standing(event, now)

    @property
    def when(self):
        return event_words(self.days)

    @property
    def day_lines(self):
        """One for each day; none when the line above says it all."""
        if len(self.days) < 2 and not any(day.label for day in self.days):
            return []
        return [
            DayLine(day_words(day.starts_at, day.ends_at, all_day=day.is_all_day), day.label, day.starts_at)
            for day in self.days
        ]

    @property
    def notice(self):
        """(kind, title, text) of what has changed since it was announced, or None."""
        event = self.event
        if event.state == EventState.DRAFT:
            return "warn", "To jest szkic.", "Widzą go tylko koordynatorzy."
        if event.state == EventState.CANCELLED:
            return "bad", "Wydarzenie odwołane.", event.cancel_reason
        if event.state == EventState.MOVED:
            before = f"Wcześniej: {moment_words(event.moved_from)}." if event.moved_from else ""
            return "warn", "Zmiana terminu.", f"Teraz: {self.when}. {before}".strip()
        return None

    @property
    def is_on_site(self):
        return self.event.attendance != Attendance.ONLINE

    @property
    def is_online(self):
        return self.event.attendance != Attendance.ON_SITE

    @property
    def has_place(self):
        return bool(self.event.place_name or places.address_line(self.event))

    @property
    def county(self):
        """ "Wrocław" under "Wrocław" says nothing more."""
        county = str(self.event.county or "")
        return county if county != self.event.town else ""

    @property
    def map_url(self):
        return places.map_url(self.event)

    @property
    def audience(self):
        """For whom, as one sentence; everybody when nothing else is said."""
        event = self.event
        groups = ", ".join(AUDIENCE_WORDS[code] for code in event.audience)
        roles = ", ".join(ROLE_WORDS[code] for code in event.audience_roles)
        words = f"{groups} ({roles})" if groups and roles else groups or roles
        return "; ".join(filter(None, [words, event.audience_words])) or "dla wszystkich"

    @property
    def who_signs_up(self):
        """Who may take a place, while places are given."""
        event = self.event
        if self.standing.code not in (SignUp.OPEN, SignUp.RESERVE, SignUp.LATER):
            return ""
        if event.is_open_to_all:
            return "Zapisać może się każdy."
        most = event.per_institution
        limit = f" Najwięcej {most} {plural(most, 'osoba,osoby,osób')} z jednej instytucji." if most else ""
        return f"Miejsca są dla osób z instytucji zgłoszonych do projektu.{limit}"

    @cached_property
    def agenda(self):
        """[(day in words or "", [(hour, title, speakers)])] in the order of the programme."""
        items = list(self.event.agenda.all())
        several = len({timezone.localdate(item.starts_at) for item in items if item.starts_at}) > 1

        def day(item):
            return date_words(item.starts_at) if item.starts_at and several else ""

        def line(item):
            return hour(item.starts_at) if item.starts_at else "", item.title, item.speakers

        return [(of, [line(item) for item in rows]) for of, rows in groupby(items, key=day)]

    @cached_property
    def photos(self):
        return [photo_of(row) for row in self.event.photos.all()]

    @cached_property
    def materials(self):
        """[(heading, materials that everybody may fetch, how many are only for participants)]."""
        rows = list(self.event.materials.all())
        found = []
        for heading, is_after in (("Przed wydarzeniem", False), ("Po wydarzeniu", True)):
            these = [row for row in rows if row.is_after is is_after]
            public = [row for row in these if row.is_public]
            if these:
                found.append((heading, public, len(these) - len(public)))
        return found

    @cached_property
    def contact(self):
        """(name, phone, e-mail) of the event, or of its edition."""
        event = self.event
        own = (event.contact_name, event.contact_phone, event.contact_email)
        if any(own) or not event.edition:
            return own
        edition = event.edition
        name = ", ".join(filter(None, [edition.contact_name, edition.contact_role]))
        return name, edition.contact_phone, edition.contact_email

    @cached_property
    def others(self):
        """The next events of the same series."""
        if not self.event.series_id:
            return []
        rows = Event.objects.ahead(self.now).filter(series=self.event.series_id).exclude(pk=self.event.pk)
        return list(rows.for_lists().order_by("starts_at", "pk")[:5])

    @cached_property
    def logos(self):
        return list(self.event.edition.logos.all()) if self.event.edition else []
