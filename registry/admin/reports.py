"""Reports of errors from visitors: a queue that is settled with a sentence."""

from django import forms
from django.contrib import admin
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.decorators import display

from registry.admin.base import RegisterAdmin, tags
from registry.admin.cards.filters import StrictFilter
from registry.models import ErrorReport
from registry.use_cases.reports import settle_report


class StateFilter(StrictFilter):
    title, parameter_name = "stan", "stan"
    options = [("czeka", "czekające"), ("zalatwione", "załatwione")]

    def narrow(self, queryset, value):
        return queryset.filter(settled_at__isnull=value == "czeka")


class SettleForm(forms.ModelForm):
    def clean_settlement(self):
        words = self.cleaned_data["settlement"].strip()
        if not words:
            raise forms.ValidationError("Napisz, jak załatwiono zgłoszenie.")
        return words


@admin.register(ErrorReport)
class ErrorReportAdmin(RegisterAdmin):
    form = SettleForm
    list_display = ["beginning", "card_name", "created_at", "state"]
    list_filter = [StateFilter]
    list_select_related = ["organisation__institution", "organisation__unit"]
    search_fields = ["message"]
    ordering = [F("settled_at").asc(nulls_first=True), "created_at", "pk"]
    fields = ["card", "message", "email", "created_at", "settled_at", "settlement"]
    readonly_fields = ["card", "message", "email", "created_at", "settled_at"]

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        settle_report(report_id=obj.pk, settlement=obj.settlement, now=timezone.now())

    @display(description="co się nie zgadza")
    def beginning(self, report):
        return report.message if len(report.message) <= 80 else f"{report.message[:79]}…"

    @display(description="podmiot")
    def card_name(self, report):
        return report.organisation.party.name

    @display(description="podmiot")
    def card(self, report):
        address = reverse("admin:registry_organisation_change", args=[report.organisation_id])
        return format_html('<a href="{}">{}</a>', address, report.organisation)

    @display(description="stan")
    def state(self, report):
        return tags([("yes", "załatwione") if report.settled_at else ("warn", "czeka")])
