"""What is counted from a status: the dated rows of the law, and the yearly reports that social enterprises owe."""

from django import forms
from django.contrib import admin, messages
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.decorators import action, display

from registry.admin.base import RegisterAdmin, tags
from registry.admin.cards.filters import StrictFilter
from registry.choices import Verifier
from registry.models import Organisation, StatusReport, TermRule
from registry.use_cases.status_reports import note_report


class CheckedFilter(StrictFilter):
    title, parameter_name = "sprawdzenie", "sprawdzenie"
    options = [("nie", "do sprawdzenia"), ("tak", "sprawdzone")]

    def narrow(self, queryset, value):
        return queryset.filter(is_checked=value == "tak")


@admin.register(TermRule)
class TermRuleAdmin(RegisterAdmin):
    list_display = ["kind", "number", "valid_from", "valid_until", "legal_basis", "checked"]
    list_filter = [CheckedFilter]
    ordering = ["kind", "-valid_from"]
    actions = ["mark_checked"]

    @display(description="stan")
    def checked(self, row):
        return tags([("yes", "sprawdzone") if row.is_checked else ("warn", "do sprawdzenia")])

    @action(description="Oznacz jako sprawdzone", permissions=["change"])
    def mark_checked(self, request, queryset):
        changed = queryset.filter(is_checked=False).update(is_checked=True)
        messages.success(request, f"Oznaczono jako sprawdzone: {changed}.")


class SentFilter(StrictFilter):
    title, parameter_name = "stan", "stan"
    options = [("po-terminie", "po terminie"), ("czeka", "jeszcze nie wysłano"), ("wyslano", "wysłano")]

    def narrow(self, queryset, value):
        if value == "wyslano":
            return queryset.filter(sent_on__isnull=False)
        owed = queryset.owed()
        return owed.filter(due_on__lt=timezone.localdate()) if value == "po-terminie" else owed


class YearFilter(StrictFilter):
    title, parameter_name = "za rok", "rok"

    def lookups(self, request, model_admin):
        years = StatusReport.objects.order_by("-year").values_list("year", flat=True).distinct()
        return [(str(year), str(year)) for year in years]

    def narrow(self, queryset, value):
        return queryset.filter(year=value)


class SentForm(forms.ModelForm):
    class Meta:
        model = StatusReport
        fields = ["sent_on"]

    # What the table holds of the rest is the use case's matter.
    def validate_constraints(self):
        pass


@admin.register(StatusReport)
class StatusReportAdmin(RegisterAdmin):
    form = SentForm
    list_display = ["who", "year", "due_on", "sent_on", "state"]
    list_filter = [SentFilter, YearFilter]
    list_select_related = ["status__institution"]
    search_fields = ["status__institution__name", "status__institution__nip"]
    ordering = [F("sent_on").asc(nulls_first=True), "due_on", "status__institution__sort_key", "pk"]
    readonly_fields = ["card", "year", "due_on", "noted_as", "noted_by"]
    fields = ["card", "year", "due_on", "sent_on", "noted_as", "noted_by"]

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        note_report(
            report_id=obj.pk,
            sent_on=form.cleaned_data["sent_on"],
            noted_as=Verifier.COORDINATOR,
            actor=request.user,
            now=timezone.now(),
        )

    @display(description="przedsiębiorstwo społeczne", ordering="status__institution__sort_key")
    def who(self, report):
        return report.status.institution.name

    @display(description="podmiot")
    def card(self, report):
        institution = report.status.institution
        card = Organisation.objects.living().filter(institution=institution, unit__isnull=True).first()
        if card is None:
            return institution.name
        address = reverse("admin:registry_organisation_change", args=[card.pk])
        return format_html('<a href="{}">{}</a>', address, institution.name)

    @display(description="stan")
    def state(self, report):
        if report.sent_on:
            return tags([("yes", "wysłano")])
        late = report.due_on < timezone.localdate()
        return tags([("no", "po terminie") if late else ("warn", "do wysłania")])
