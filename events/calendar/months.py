"""The calendar by months and years: what a schedule of one month holds, and how many events each month has."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from events.filters import FIRST_DAY, LAST_DAY, midnight
from events.models import Event, EventDay

YEARS = range(FIRST_DAY.year, LAST_DAY.year + 1)
_SHOWN = (
    "slug title kind state attendance place_name town street house_number flat_number postal_code audience "
    "audience_words takes_signups signup_url signup_opens_at signup_closes_at capacity taken has_reserve starts_at "
    "ends_at"
).split()


@dataclass(frozen=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, day):
        return cls(day.year, day.month)

    @property
    def first(self):
        return date(self.year, self.number, 1)

    @property
    def following(self):
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self):
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    @property
    def is_known(self):
        return self.year in YEARS

    @property
    def start(self):
        return midnight(self.first)

    @property
    def end(self):
        return midnight(self.following.first)

    @property
    def name(self):
        """ "grudzień 2026"."""
        return f"{MONTHS[self.number - 1]} {self.year}"

    @property
    def within(self):
        """As in "w grudniu 2026"."""
        return f"{'we' if self.number == 9 else 'w'} {LOCATIVE[self.number - 1]} {self.year}"

    @property
    def path(self):
        return f"/wydarzenia/{self.year}/{self.number:02}/"


MONTHS = ("styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień").split()
LOCATIVE = (
    "styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku listopadzie grudniu"
).split()


def days_of(month):
    """EventDays with their events, in the order of a schedule; a day that began in the month before is there too."""
    days = EventDay.objects.public().between(month.start, month.end).select_related("event")
    return list(days.only("starts_at", "ends_at", "is_all_day", "label", *(f"event__{name}" for name in _SHOWN)))


def counts_of(year):
    """[(Month, how many events)] of the twelve months; an event counts in each month that it touches."""
    starts = [midnight(date(year, number, 1)) for number in range(1, 13)] + [midnight(date(year + 1, 1, 1))]
    days = EventDay.objects.public().between(starts[0], starts[-1]).order_by()
    touching = {
        f"m{number}": Count("event", distinct=True, filter=Q(starts_at__lt=end, ends_at__gt=start))
        for number, (start, end) in enumerate(pairwise(starts), 1)
    }
    counts = days.aggregate(**touching)
    return [(Month(year, number), counts[f"m{number}"]) for number in range(1, 13)]


def years():
    """The years between the first and the last public event, the newest first; without events none."""
    ends = Event.objects.public().aggregate(first=Min("starts_at"), last=Max("starts_at"))
    if ends["first"] is None:
        return []
    first, last = timezone.localdate(ends["first"]).year, timezone.localdate(ends["last"]).year
    return list(range(last, first - 1, -1))
