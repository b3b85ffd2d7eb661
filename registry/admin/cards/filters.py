"""Filters of the list of cards. A value nobody offers finds nothing and says so; it never means "everything"."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from unfold.contrib.filters.admin import DropdownFilter

from registry.admin import fields
from registry.admin.cards.reading import has_mark, has_ps
from registry.choices import Activity
from registry.confirming.board import NOTHING
from registry.confirming.cards import months_before
from registry.models import (
    ConfirmationRequest,
    DataSource,
    ErrorReport,
    FreshnessRule,
    Offer,
    Organisation,
    OrganisationKind,
)

YES = [("1", "tak")]
A_YEAR = timedelta(days=365)


class StrictFilter(DropdownFilter):
    """`narrow(queryset, value)` is asked only for a value that the filter offers."""

    options = ()

    def lookups(self, request, model_admin):
        return self.options

    def queryset(self, request, queryset):
        value = self.value()
        if not value:
            return queryset
        if value not in {str(code) for code, _ in self.lookup_choices}:
            messages.error(request, f"Filtr „{self.title}” nie zna wartości „{value[:60]}”.")
            return queryset.none()
        return self.narrow(queryset, value)


class KindFilter(StrictFilter):
    title, parameter_name = "rodzaj", "rodzaj"

    def lookups(self, request, model_admin):
        return OrganisationKind.objects.order_by("position").values_list("code", "label")

    def narrow(self, queryset, value):
        return queryset.filter(kind=value)


class CountyFilter(StrictFilter):
    title, parameter_name = "powiat", "powiat"

    def lookups(self, request, model_admin):
        return [*((county.teryt, str(county)) for county in fields.counties_in_order()), (NOTHING, "nie podano")]

    def narrow(self, queryset, value):
        value = None if value == NOTHING else value
        return queryset.filter(Q(unit__isnull=False, unit__county=value) | Q(unit=None, institution__county=value))


class PublishedFilter(StrictFilter):
    title, parameter_name = "w katalogu", "publikacja"
    options = [("tak", "opublikowane"), ("nie", "nieopublikowane"), ("zakonczone", "zakończyły działalność")]

    def narrow(self, queryset, value):
        if value == "nie":
            return queryset.filter(published_at=None)
        return queryset.filter(published_at__isnull=False, closing__isnull=value == "tak")


class ActivityFilter(StrictFilter):
    title, parameter_name, options = "aktywność", "aktywnosc", Activity.choices

    def narrow(self, queryset, value):
        return queryset.filter(activity=value)


class SourceFilter(StrictFilter):
    title, parameter_name = "źródło", "zrodlo"

    def lookups(self, request, model_admin):
        return [(str(pk), name) for pk, name in DataSource.objects.order_by("name").values_list("pk", "name")]

    def narrow(self, queryset, value):
        return queryset.filter(source=value)


class PsFilter(StrictFilter):
    title, parameter_name, options = "status PS", "ps", YES

    def narrow(self, queryset, value):
        return queryset.filter(has_ps(timezone.localdate()))


class MarkFilter(StrictFilter):
    title, parameter_name, options = "znak Zakup Prospołeczny", "znak", YES

    def narrow(self, queryset, value):
        return queryset.filter(has_mark(timezone.localdate()))


class VerifiedFilter(StrictFilter):
    title, parameter_name = "potwierdzenie danych", "potwierdzenie"
    options = [
        ("rok", "niepotwierdzone od roku"),
        ("nigdy", "nigdy niepotwierdzone"),
        ("w-terminie", "potwierdzone w terminie"),
        ("przed-prosba", "przed prośbą"),
    ]

    def narrow(self, queryset, value):
        if value == "nigdy":
            return queryset.filter(verified_on__isnull=True)
        today = timezone.localdate()
        if value == "rok":
            return queryset.filter(not_verified_for_a_year(today))
        fresh_after = months_before(today, FreshnessRule.objects.on(today).ask_after_months)
        if value == "w-terminie":
            return queryset.confirmed_after(fresh_after)
        old = Q(verified_on=None) | Q(verified_on__lte=fresh_after)
        return queryset.filter(old, ~is_asked(), activity=Activity.ACTIVE)


def is_asked():
    """Whether a letter about the card waits for its answer."""
    return Exists(ConfirmationRequest.objects.open().filter(organisation=OuterRef("pk")))


class RequestFilter(StrictFilter):
    title, parameter_name = "prośba o potwierdzenie", "prosba"
    options = [("czeka", "czeka na odpowiedź")]

    def narrow(self, queryset, value):
        return queryset.filter(is_asked())


class CentreFilter(StrictFilter):
    title, parameter_name = "OWES opiekun", "opiekun"

    def lookups(self, request, model_admin):
        cards = Organisation.objects.living().exclude(support_centre="")
        centres = cards.values_list("support_centre", flat=True).distinct().order_by("support_centre")
        return [*((name, name) for name in centres), (NOTHING, "nie podano")]

    def narrow(self, queryset, value):
        return queryset.filter(support_centre="" if value == NOTHING else value)


class WaitingFilter(StrictFilter):
    title, parameter_name = "czeka na decyzję", "czeka"
    options = [("zgloszenia", "zgłoszenia błędów"), ("oferty", "niepotwierdzona klasyfikacja ofert")]

    def narrow(self, queryset, value):
        return queryset.filter(has_open_report() if value == "zgloszenia" else has_unconfirmed_offer())


FILTERS = [
    KindFilter,
    CountyFilter,
    PublishedFilter,
    ActivityFilter,
    SourceFilter,
    PsFilter,
    MarkFilter,
    VerifiedFilter,
    RequestFilter,
    CentreFilter,
    WaitingFilter,
]


def not_verified_for_a_year(today):
    return Q(verified_on__isnull=True) | Q(verified_on__lt=today - A_YEAR)


def has_open_report():
    return Exists(ErrorReport.objects.waiting().filter(organisation=OuterRef("pk")))


def has_unconfirmed_offer():
    return Exists(Offer.objects.living().filter(organisation=OuterRef("pk")).filter(unconfirmed()))


def unconfirmed():
    """An offer whose category or CPV codes were proposed by a program and not yet looked at by a person."""
    return Q(confirmed_at__isnull=True)
