"""Plans and notices, to look at: they are written by those who buy, on pages of their own."""

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q
from unfold.decorators import display

from core.templatetags.portal import money
from procurement.choices import NoticeKind, NoticeState, PlanState
from procurement.models import Award, Clause, ClauseKind, Notice, NoticePart, NoticeStep, Plan, PlanVersion
from registry.admin.base import RegisterLine, tags
from registry.admin.cards.filters import CountyFilter as CardCountyFilter
from registry.admin.cards.filters import StrictFilter
from registry.admin.dictionaries import ReadAdmin
from registry.admin.words import holding

_TAGS = {
    NoticeState.DRAFT: "warn",
    NoticeState.SCHEDULED: "warn",
    NoticeState.PUBLISHED: "yes",
    NoticeState.CONCLUDED: "ps",
    NoticeState.CANCELLED: "no",
    NoticeState.WITHDRAWN: "no",
}


class ReadLine(RegisterLine):
    can_delete = False

    def get_readonly_fields(self, request, obj=None):
        return self.fields

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class ClauseLine(ReadLine):
    model = Clause
    fields = ["kind", "groups", "people", "months", "percent", "weight", "control"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("kind")


class PartLine(ReadLine):
    model = NoticePart
    fields = ["number", "subject", "value"]


class AwardLine(ReadLine):
    model = Award
    fields = ["part", "outcome", "decided_on", "supplier_name", "was_pes", "value", "people_planned"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("part")


class StepLine(ReadLine):
    model = NoticeStep
    fields = ["made_at", "name", "target", "note", "made_by"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("made_by")


class VersionLine(ReadLine):
    model = PlanVersion
    fk_name = "plan"
    fields = ["number", "state", "source", "note", "published_at"]


class StateFilter(StrictFilter):
    title, parameter_name, options = "stan", "stan", NoticeState.choices

    def narrow(self, queryset, value):
        return queryset.filter(state=value)


class KindFilter(StrictFilter):
    title, parameter_name, options = "rodzaj", "rodzaj", NoticeKind.choices

    def narrow(self, queryset, value):
        return queryset.filter(kind=value)


class ClauseFilter(StrictFilter):
    title, parameter_name = "klauzula", "klauzula"

    def lookups(self, request, model_admin):
        kinds = ClauseKind.objects.order_by("position", "code", "valid_from")
        return [("brak", "bez klauzul"), *{kind.code: (kind.code, str(kind)) for kind in kinds}.values()]

    def narrow(self, queryset, value):
        clauses = Clause.objects.filter(notice=OuterRef("pk"))
        if value == "brak":
            return queryset.filter(~Exists(clauses))
        return queryset.filter(Exists(clauses.filter(kind__code=value)))


class CountyFilter(CardCountyFilter):
    """Of performance, else of the buyer's seat; a place that is told only in words lies in none."""

    def narrow(self, queryset, value):
        return queryset.filter(Q(county=value) | Q(county=None, place="", authority__institution__county=value))


class YearFilter(StrictFilter):
    title, parameter_name = "rok", "rok"

    def lookups(self, request, model_admin):
        years = Plan.objects.order_by("-year").values_list("year", flat=True).distinct()
        return [(str(year), str(year)) for year in years]

    def narrow(self, queryset, value):
        return queryset.filter(year=value)


class PublicFilter(StrictFilter):
    title, parameter_name, options = "ogłoszenie", "ogloszenie", [("tak", "ogłoszone"), ("nie", "tylko szkic")]

    def narrow(self, queryset, value):
        return queryset.filter(current__isnull=value == "nie")


@admin.register(Notice)
class NoticeAdmin(ReadAdmin):
    list_display = ["subject", "buyer", "kind", "standing", "published_at", "amount"]
    list_select_related = ["authority__institution", "unit"]
    list_filter = [StateFilter, KindFilter, CountyFilter, ClauseFilter]
    search_fields = ["subject"]
    search_help_text = "Słowa przedmiotu albo zamawiającego, NIP, numer ogłoszenia"
    ordering = ["-changed_at", "-pk"]
    inlines = [ClauseLine, PartLine, AwardLine, StepLine]
    fieldsets = [
        ("Przedmiot", {"fields": ["subject", "description", ("nature", "is_social"), "cpv_codes"]}),
        ("Kto kupuje", {"fields": ["buyer", "position", ("county", "municipality", "place")]}),
        ("Ogłoszenie", {"fields": [("kind", "state"), "mode", ("value", "value_is_public"), ("band", "judged_by")]}),
        ("Numery", {"fields": [("bzp_number", "ted_number"), ("procedure_id", "bk_number"), "signature", "url"]}),
        ("Terminy", {"fields": ["publish_at", "published_at", "deadline_at", ("ended_at", "end_reason")]}),
    ]

    def get_search_results(self, request, queryset, search_term):
        numbered = Q(bzp_number__contains=search_term) | Q(ted_number=search_term) | Q(signature__contains=search_term)
        if any(char.isdigit() for char in search_term):
            numbered |= Q(authority__institution__nip=search_term.replace("-", "").replace(" ", ""))
            found = queryset.filter(numbered)
            if found.exists():
                return found, False
        return holding(queryset, search_term, "subject", "authority__institution__name"), False

    @display(description="zamawiający", ordering="authority__institution__sort_key")
    def buyer(self, notice):
        return f"{notice.authority}: {notice.unit}" if notice.unit else str(notice.authority)

    @display(description="stan", ordering="state")
    def standing(self, notice):
        return tags([(_TAGS[notice.state], notice.get_state_display())])

    @display(description="wartość netto", ordering="value")
    def amount(self, notice):
        return money(notice.value)

    @display(description="CPV")
    def cpv_codes(self, notice):
        return ", ".join(str(link.code) for link in notice.cpv_links.select_related("code"))


@admin.register(Plan)
class PlanAdmin(ReadAdmin):
    list_display = ["buyer", "year", "version", "items", "standing"]
    list_select_related = ["authority__institution", "unit", "current"]
    list_filter = [YearFilter, PublicFilter]
    search_fields = ["authority__institution__name"]
    search_help_text = "Słowa z nazwy zamawiającego albo jednostki, NIP"
    ordering = ["-year", "authority__institution__sort_key", "pk"]
    inlines = [VersionLine]
    fields = ["buyer", "year", "budget_on", "bzp_number", "url"]

    def get_queryset(self, request):
        drafts = PlanVersion.objects.filter(plan=OuterRef("pk"), state=PlanState.DRAFT)
        return super().get_queryset(request).annotate(item_count=Count("current__items"), has_draft=Exists(drafts))

    def get_search_results(self, request, queryset, search_term):
        digits = search_term.replace("-", "").replace(" ", "")
        if digits.isdigit():
            return queryset.filter(authority__institution__nip=digits), False
        return holding(queryset, search_term, "authority__institution__name", "unit__name"), False

    @display(description="czyj", ordering="authority__institution__sort_key")
    def buyer(self, plan):
        return f"{plan.authority}: {plan.unit}" if plan.unit else str(plan.authority)

    @display(description="wersja")
    def version(self, plan):
        return plan.current.number if plan.current else "–"

    @display(description="pozycje", ordering="item_count")
    def items(self, plan):
        return plan.item_count

    @display(description="stan")
    def standing(self, plan):
        words = [("yes", "ogłoszony")] if plan.current else []
        return tags([*words, ("warn", "szkic zmiany" if plan.current else "szkic")] if plan.has_draft else words)
