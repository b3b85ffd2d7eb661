"""Dated rules: coordinators look, administrators change."""

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from unfold.decorators import display

from core.templatetags.portal import number
from procurement.admin.dated import CheckedFilter, DatedAdmin, InForceFilter
from procurement.admin.forms import ClauseGroupForm, ClauseKindForm, ModeForm, OfferPeriodForm
from procurement.choices import RuleKind
from procurement.models import ClauseGroup, ClauseKind, Mode, OfferPeriod, Rule
from registry.admin.cards.filters import StrictFilter
from registry.admin.words import holding

_DATED = [("valid_from", "valid_until"), "legal_basis", "source", "is_checked", "next_row"]
_SUCCESSOR = ("legal_basis", "source", "is_checked")


class RuleKindFilter(StrictFilter):
    title, parameter_name, options = "co", "co", RuleKind.choices

    def narrow(self, queryset, value):
        return queryset.filter(kind=value)


class Coded(DatedAdmin):
    """Rows with a code, which stands in addresses and files: a row that is there keeps it."""

    search_fields = ["label", "code"]

    def get_search_results(self, request, queryset, search_term):
        return holding(queryset, search_term, "label", "code"), False

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "code"] if obj else self.readonly_fields


@admin.register(Rule)
class RuleAdmin(DatedAdmin):
    list_display = ["kind", "of", "amount", "in_force", "legal_basis", "checked"]
    list_filter = [CheckedFilter, InForceFilter, RuleKindFilter]
    fields = ["kind", ("nature", "buyer_group", "is_social"), "number", *_DATED]
    ordering = ["kind", "nature", "buyer_group", "is_social", "-valid_from", "pk"]
    successor_fields = ("number", *_SUCCESSOR)

    @display(description="czego dotyczy")
    def of(self, rule):
        words = [
            rule.get_nature_display(),
            rule.get_buyer_group_display(),
            "usługi społeczne" if rule.is_social else "",
        ]
        return ", ".join(filter(None, words)) or "wszystkiego"

    @display(description="wartość", ordering="number")
    def amount(self, rule):
        whole, _, rest = f"{rule.number.normalize():f}".partition(".")
        return f"{number(whole)},{rest}" if rest else number(whole)


@admin.register(Mode)
class ModeAdmin(Coded):
    form = ModeForm
    list_display = ["label", "when", "in_force", "legal_basis", "checked"]
    fields = ["code", "label", "bands", ("eforms", "ocds_method"), "synonyms", "position", *_DATED]
    ordering = ["position", "code", "-valid_from", "pk"]
    successor_fields = ("label", "bands", "eforms", "ocds_method", "synonyms", *_SUCCESSOR)

    @display(description="kiedy")
    def when(self, mode):
        return ", ".join(dict(Mode._meta.get_field("bands").base_field.choices)[band] for band in mode.bands)


@admin.register(ClauseKind)
class ClauseKindAdmin(Coded):
    form = ClauseKindForm
    list_display = ["label", "article", "in_force", "legal_basis", "checked"]
    fields = [
        "code",
        ("article", "label"),
        "summary",
        "needs",
        "groups",
        ("ocds_strategy", "ocds_goal", "eforms"),
        "position",
        *_DATED,
    ]
    ordering = ["position", "code", "-valid_from", "pk"]
    successor_fields = ("article", "label", "summary", "needs", "groups", *_SUCCESSOR)


@admin.register(ClauseGroup)
class ClauseGroupAdmin(Coded):
    form = ClauseGroupForm
    list_display = ["label", "named_in", "in_force", "legal_basis", "checked"]
    fields = ["code", "label", "articles", "position", *_DATED]
    ordering = ["position", "code", "-valid_from", "pk"]
    successor_fields = ("label", "articles", *_SUCCESSOR)

    @display(description="artykuły")
    def named_in(self, group):
        return ", ".join(group.articles)


@admin.register(OfferPeriod)
class OfferPeriodAdmin(DatedAdmin):
    form = OfferPeriodForm
    list_display = ["of_mode", "nature", "days", "in_force", "legal_basis", "checked"]
    fields = ["mode", "nature", "days", *_DATED]
    ordering = ["mode", "nature", "-valid_from", "pk"]
    successor_fields = ("days", *_SUCCESSOR)

    def get_queryset(self, request):
        label = Mode.objects.filter(code=OuterRef("mode")).order_by("-valid_from").values("label")[:1]
        return super().get_queryset(request).annotate(mode_label=Subquery(label))

    @display(description="tryb", ordering="mode")
    def of_mode(self, period):
        return period.mode_label or period.mode
