"""Filters of the list of events."""

from django.db.models import Q
from django.utils import timezone

from events.choices import EventKind, EventState
from events.models import Edition, Series
from registry.admin.cards.filters import StrictFilter


class StateFilter(StrictFilter):
    title, parameter_name, options = "stan", "stan", EventState.choices

    def narrow(self, queryset, value):
        return queryset.filter(state=value)


class KindFilter(StrictFilter):
    title, parameter_name, options = "rodzaj", "rodzaj", EventKind.choices

    def narrow(self, queryset, value):
        return queryset.filter(kind=value)


class EditionFilter(StrictFilter):
    title, parameter_name = "edycja", "edycja"

    def lookups(self, request, model_admin):
        rows = Edition.objects.order_by("-starts_on", "pk").values_list("pk", "name", "number")
        return [("otwarte", "otwarte dla wszystkich"), *((str(pk), f"{name} {number}") for pk, name, number in rows)]

    def narrow(self, queryset, value):
        return queryset.filter(edition=None if value == "otwarte" else value)


class TimeFilter(StrictFilter):
    title, parameter_name = "kiedy", "kiedy"
    options = [("przed", "przed nami"), ("po", "minione"), ("brak", "bez terminu")]

    def narrow(self, queryset, value):
        now = timezone.now()
        return queryset.filter(
            {"przed": Q(ends_at__gt=now), "po": Q(ends_at__lte=now), "brak": Q(ends_at=None)}[value]
        )


class SeriesFilter(StrictFilter):
    title, parameter_name = "cykl", "cykl"

    def lookups(self, request, model_admin):
        return [(str(pk), name) for pk, name in Series.objects.order_by("-pk").values_list("pk", "name")]

    def narrow(self, queryset, value):
        return queryset.filter(series=value)


FILTERS = [TimeFilter, StateFilter, KindFilter, EditionFilter, SeriesFilter]
