"""Requests for confirmation, to look at, and the dated rules: coordinators look, administrators make the next ones."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from unfold.decorators import display

from registry.admin.base import RegisterAdmin, tags
from registry.admin.cards.filters import StrictFilter
from registry.choices import Answer
from registry.models import ConfirmationRequest, FreshnessRule
from registry.use_cases.confirming.rules import VALUES, change_rules


class AnswerFilter(StrictFilter):
    title, parameter_name = "stan", "stan"
    options = [("czeka", "czeka na odpowiedź"), ("bez", "skończona bez odpowiedzi"), *Answer.choices]

    def narrow(self, queryset, value):
        if value in ("czeka", "bez"):
            return queryset.filter(answer="", ended_on__isnull=value == "czeka")
        return queryset.filter(answer=value)


class ReadOnly(RegisterAdmin):
    def has_change_permission(self, request, obj=None):
        return False


@admin.register(ConfirmationRequest)
class ConfirmationRequestAdmin(ReadOnly):
    list_display = ["card_name", "asked_on", "reminders", "state"]
    list_filter = [AnswerFilter]
    list_select_related = ["organisation__institution", "organisation__unit", "letter"]
    ordering = ["-asked_on", "-pk"]
    fields = ["organisation", "address", "asked_on", "first_reminded_on", "second_reminded_on", "expires_on"]
    fields += ["answer", "answered_at", "ended_on"]

    def has_add_permission(self, request):
        return False

    @display(description="podmiot")
    def card_name(self, request):
        return request.organisation.party.name

    @display(description="przypomnienia")
    def reminders(self, request):
        return bool(request.first_reminded_on) + bool(request.second_reminded_on)

    @display(description="stan")
    def state(self, request):
        if request.answer:
            return tags([("yes" if request.answer == Answer.CONFIRMED else "warn", request.get_answer_display())])
        if request.ended_on:
            return tags([("no", "skończona bez odpowiedzi")])
        return tags(
            [("no", "list nie doszedł")] if request.letter and request.letter.failed_at else [("warn", "czeka")]
        )


class RuleForm(forms.ModelForm):
    class Meta:
        model = FreshnessRule
        fields = ["valid_from", *VALUES]

    def validate_constraints(self):
        """The row that this one follows is still open; the use case ends it, and the database judges the rest."""


@admin.register(FreshnessRule)
class FreshnessRuleAdmin(ReadOnly):
    form = RuleForm
    list_display = ["in_force", "ask_after_months", "reminders", "silence_days", "inactive_after_months", "changed_by"]
    list_select_related = ["changed_by"]
    ordering = ["-valid_from"]
    fields = ["valid_from", *VALUES]

    def get_changeform_initial_data(self, request):
        last = FreshnessRule.objects.order_by("-valid_from").first()
        return {name: getattr(last, name) for name in VALUES if name != "note"}

    def save_model(self, request, obj, form, change):
        values = {name: form.cleaned_data[name] for name in VALUES}
        new = change_rules(
            valid_from=form.cleaned_data["valid_from"], values=values, actor=request.user, now=timezone.now()
        )
        obj.pk = new.pk

    @display(description="obowiązują", ordering="valid_from")
    def in_force(self, rule):
        until = f" do {rule.valid_until:%d.%m.%Y} (bez tego dnia)" if rule.valid_until else ""
        return f"od {rule.valid_from:%d.%m.%Y}{until}"

    @display(description="przypomnienia po dniach")
    def reminders(self, rule):
        return f"{rule.first_reminder_days} i {rule.second_reminder_days}"
