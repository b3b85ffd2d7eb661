"""The one meaning of a query string of /wydarzenia/: of the list, the exports, the feed and the calendar file.

An unknown or impossible value makes the whole filter invalid, and an invalid filter finds nothing.
"""

from datetime import date, datetime, time, timedelta

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils import timezone

from events.choices import Attendance, Category, EventKind
from events.models import Event
from events.querysets import is_ahead
from registry.filters import Codes, Flag, Page, Setting
from registry.models import County
from registry.search import LONGEST, Search

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)
_NO_DAY = "Podaj dzień jako rok-miesiąc-dzień, na przykład 2026-12-03, między rokiem 1990 a 2099."


class TextField(forms.CharField):
    """A registry.search.Search. No number in it means a code: people type dates here."""

    def clean(self, value):
        text = super().clean(value)
        return Search(text) if text else None


class DayField(forms.DateField):
    default_validators = [MinValueValidator(FIRST_DAY, _NO_DAY), MaxValueValidator(LAST_DAY, _NO_DAY)]


class Words(django_filters.Filter):
    field_class = TextField

    def __init__(self, **options):
        too_long = f"Wpisz najwyżej {LONGEST} znaków."
        super().__init__(max_length=LONGEST, error_messages={"max_length": too_long}, **options)

    def condition(self, search):
        return search.condition


class Audience(Codes):
    """Meant for any of these, or for everybody."""

    def condition(self, codes):
        return Q(audience__overlap=codes) | Q(audience=[])


class Online(Flag):
    def condition(self, value):
        return Q(attendance__in=[Attendance.ONLINE, Attendance.BOTH])


class Day(Setting):
    """An end of the time asked for; what it means hangs on the other end (EventFilter.period)."""

    field_class = DayField

    def __init__(self, label):
        formats = ["%Y-%m-%d", "%d.%m.%Y"]
        super().__init__(label=label, input_formats=formats, error_messages={"invalid": _NO_DAY})


class CalendarForm(forms.Form):
    def clean(self):
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and first > last:
            self.add_error("to", "Ostatni dzień jest przed pierwszym.")


class EventFilter(django_filters.FilterSet):
    """Public events. Without `from` and `to` those that are not over at `now`; with one of them any time."""

    q = Words(label="Czego szukasz?")
    kind = Codes("kind", label="Rodzaj", unknown="Nie ma rodzaju wydarzenia „{}”.")
    powiat = Codes("county_id", label="Powiat", unknown="Nie ma powiatu o kodzie „{}”.")
    audience = Audience("audience", label="Dla kogo", unknown="Nie ma grupy „{}”.")
    online = Online("attendance", label="on-line")
    page = Page()

    class Meta:
        model = Event
        fields = []
        form = CalendarForm

    @classmethod
    def get_filters(cls):
        # "from" is a word of Python, so it cannot be declared above.
        return super().get_filters() | {"from": Day("Od dnia"), "to": Day("Do dnia")}

    def __init__(self, data, *, now, counties=None):
        """`counties` {TERYT: name} when they are at hand."""
        super().__init__(data, Event.objects.public())
        self.now = now
        self.choices = {
            "kind": dict(EventKind.choices),
            "powiat": county_names() if counties is None else counties,
            "audience": dict(Category.choices),
        }
        for name, choices in self.choices.items():
            self.form.fields[name].choices = choices

    @property
    def search(self):
        """The Search that `q` asks for, or None."""
        return self.form.cleaned_data.get("q") if self.is_valid() else None

    @property
    def period(self):
        """(start, end) of the time asked for, either may be None."""
        first, last = self.form.cleaned_data.get("from"), self.form.cleaned_data.get("to")
        return first and midnight(first), last and midnight(last + timedelta(days=1))

    @property
    def conditions(self):
        """{name of an active filter: Q}; all of them are to hold. Not for an invalid filter."""
        cleaned = self.form.cleaned_data
        conditions = {name: self.filters[name].condition(cleaned[name]) for name in self.filters if cleaned.get(name)}
        start, end = self.period
        if not (start or end):
            conditions["when"] = is_ahead(self.now)
        if start:
            conditions["from"] = Q(ends_at__gt=start)
        if end:
            conditions["to"] = Q(starts_at__lt=end)
        return {name: condition for name, condition in conditions.items() if condition is not None}

    @property
    def qs(self):
        """Everything found, in the order of time; nothing when a value is unknown."""
        if not self.is_valid():
            return self.queryset.none()
        return self.queryset.filter(*self.conditions.values()).order_by("starts_at", "pk")

    @property
    def errors_by_name(self):
        """{name: message} of filters that hold a faulty value."""
        return {name: " ".join(messages) for name, messages in self.form.errors.items()}

    @property
    def reasons(self):
        """For programs: a line for each faulty filter."""
        return "".join(f"{name}: {message}\n" for name, message in self.errors_by_name.items())


def county_names():
    """{TERYT: name} in the order of display."""
    counties = County.objects.defer("boundary").order_by("sort_key", "teryt")
    return {county.teryt: str(county) for county in counties}


def midnight(day):
    """The beginning of a day by the Polish clock."""
    return timezone.make_aware(datetime.combine(day, time.min))
