"""Data protection: the trail, consents and their texts, requests for erasure, what the nights have removed."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html_join
from unfold import widgets
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import RangeDateFilter
from unfold.decorators import display

from accounts.admin.requests import StateFilter
from accounts.choices import ErasureOutcome
from accounts.models import Consent, ConsentDocument, ErasureRequest, RetentionReport, TrailEntry
from accounts.use_cases import erasure
from core.refusals import RefusedSaves


class ToRead(ModelAdmin):
    show_full_result_count = False
    list_per_page = 50
    list_filter_submit = True

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class DaysFilter(RangeDateFilter):
    """Whole days by the Polish clock, written as Poles do; the library takes neither. No date finds nothing."""

    def queryset(self, request, queryset):
        for end, lookup in (("from", "gte"), ("to", "lte")):
            try:
                day = forms.DateField(required=False).clean(self.used_parameters.get(f"{self.parameter_name}_{end}"))
            except forms.ValidationError:
                return queryset.none()
            if day:
                queryset = queryset.filter(**{f"{self.parameter_name}__date__{lookup}": day})
        return queryset


def said(person):
    """How a person is named in these lists."""
    return "" if person is None else "usunięte konto" if erasure.is_erased(person) else person.email


@admin.register(TrailEntry)
class TrailAdmin(ToRead):
    list_display = ["at", "kind", "who", "about_whom", "about"]
    list_filter = ["kind", ("at", DaysFilter)]
    list_select_related = ["actor", "subject"]
    search_fields = ["actor__email", "actor__full_name", "subject__email", "subject__full_name"]
    search_help_text = "Adres albo nazwisko osoby."
    ordering = ["-at", "-pk"]
    fields = ["at", "kind", "who", "about_whom", "about"]

    @display(description="kto")
    def who(self, entry):
        return said(entry.actor)

    @display(description="o kim")
    def about_whom(self, entry):
        return said(entry.subject)


@admin.register(Consent)
class ConsentAdmin(ToRead):
    list_display = ["person", "document", "given_at", "withdrawn_at"]
    list_filter = ["document"]
    list_select_related = ["user", "document"]
    search_fields = ["user__email", "user__full_name"]
    ordering = ["-given_at", "-pk"]
    fields = ["person", "document", "given_at", "withdrawn_at"]

    @display(description="osoba", ordering="user__email")
    def person(self, consent):
        return said(consent.user)


@admin.register(ConsentDocument)
class ConsentDocumentAdmin(RefusedSaves, ModelAdmin):
    """A new text is a new version; one that somebody has agreed to is only read."""

    list_display = ["title", "slug", "version", "valid_from"]
    list_filter = ["slug"]
    ordering = ["slug", "-version"]
    fields = ["slug", "version", "title", "text", "on_withdrawal", "valid_from"]
    show_full_result_count = False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.consents.exists())

    def has_delete_permission(self, request, obj=None):
        return False


class DecisionForm(forms.ModelForm):
    decision = forms.ChoiceField(
        label="Rozstrzygnięcie",
        choices=[(ErasureOutcome.DONE, "Usuń dane"), (ErasureOutcome.REFUSED, "Odmów")],
        widget=widgets.UnfoldAdminRadioSelectWidget,
        error_messages={"required": "Wybierz, co zrobić z prośbą."},
    )
    answer = forms.CharField(
        label="Dlaczego odmowa",
        required=False,
        max_length=1000,
        widget=widgets.UnfoldAdminTextareaWidget,
        help_text="Przy odmowie: który przepis każe te dane zachować. Ta osoba dostanie te słowa listem.",
    )

    class Meta:
        model = ErasureRequest
        fields = []


@admin.register(ErasureRequest)
class ErasureRequestAdmin(RefusedSaves, ToRead):
    form = DecisionForm
    list_display = ["person", "asked_at", "state"]
    list_filter = [StateFilter]
    list_select_related = ["user"]
    search_fields = ["user__email", "user__full_name"]
    ordering = ["-decided_at", "asked_at", "pk"]
    asked = ["person", "reason", "asked_at", "consequences"]
    decided = ["outcome", "answer", "decided_at", "decided_by"]

    def has_change_permission(self, request, obj=None):
        waits = obj is None or obj.decided_at is None
        return waits and ModelAdmin.has_change_permission(self, request, obj)

    def get_readonly_fields(self, request, obj=None):
        return self.asked if self.has_change_permission(request, obj) else [*self.asked, *self.decided]

    def get_fieldsets(self, request, obj=None):
        asked = (None, {"fields": self.asked})
        if self.has_change_permission(request, obj):
            note = "Usunięcia nie można cofnąć. Konto zostaje puste, w dzienniku zostaje sam fakt."
            return [asked, ("Rozstrzygnięcie", {"fields": ["decision", "answer"], "description": note})]
        return [asked, ("Rozstrzygnięcie", {"fields": self.decided})]

    def save_model(self, request, obj, form, change):
        now, cleaned = timezone.now(), form.cleaned_data
        if cleaned["decision"] == ErasureOutcome.DONE:
            erasure.carry_out(request_id=obj.pk, actor=request.user, now=now)
        else:
            erasure.refuse(request_id=obj.pk, answer=cleaned["answer"], actor=request.user, now=now)

    @display(description="osoba", ordering="user__email")
    def person(self, asked):
        return said(asked.user)

    @display(description="stan")
    def state(self, asked):
        return asked.get_outcome_display() or "czeka"

    @display(description="co się stanie")
    def consequences(self, asked):
        if asked.decided_at:
            return ""
        sentences = erasure.consequences(asked.user, now=timezone.now())
        return format_html_join("", "<p>{}</p>", ((one,) for one in sentences)) or "Nikt nie zostanie bez następcy."


@admin.register(RetentionReport)
class RetentionReportAdmin(ToRead):
    list_display = ["day", "of_what", "removed", "finished_at"]
    list_filter = ["day"]
    ordering = ["-day", "data_class"]
    fields = ["day", "of_what", "removed", "started_at", "finished_at"]

    @display(description="dane", ordering="data_class")
    def of_what(self, report):
        return report.label
