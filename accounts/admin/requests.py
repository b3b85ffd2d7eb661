"""The queue of requests for a role; each app that has some registers its own list of them."""

from django import forms
from django.core.files.storage import default_storage
from django.db.models import F
from django.http import FileResponse, Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold import widgets
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from accounts import trail
from core.documents import CONTENT_TYPES
from core.refusals import RefusedSaves

DECISIONS = [("tak", "Przyjmuję: ta osoba dostaje rolę"), ("nie", "Odmawiam")]
FACTS = ["person", "what", "reason", "file", "asked_at"]
OUTCOME = ["decided_at", "decided_by", "outcome", "answer"]


class StateFilter(DropdownFilter):
    title, parameter_name = "stan", "stan"

    def lookups(self, request, model_admin):
        return [("czeka", "czekające"), ("rozpatrzone", "rozpatrzone")]

    def queryset(self, request, queryset):
        return queryset.filter(decided_at__isnull=self.value() == "czeka") if self.value() else queryset


class DecisionForm(forms.ModelForm):
    decision = forms.ChoiceField(
        label="Decyzja",
        choices=DECISIONS,
        widget=widgets.UnfoldAdminRadioSelectWidget,
        error_messages={"required": "Wybierz, co decydujesz."},
    )
    words = forms.CharField(
        label="Odpowiedź",
        max_length=500,
        required=False,
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text="Ta osoba dostanie te słowa listem. Odmowa bez słów jest niemożliwa.",
    )


class RequestAdmin(RefusedSaves, ModelAdmin):
    """`decide` is the use case; a subclass names it."""

    decide = None
    form = DecisionForm
    list_display = ["person", "what", "asked_at", "state"]
    list_filter = [StateFilter]
    list_filter_submit = True
    ordering = [F("decided_at").asc(nulls_first=True), "asked_at", "pk"]
    show_full_result_count = False
    list_per_page = 50

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_document"
        view = self.admin_site.admin_view(self.show_document)
        return [path("<int:pk>/dokument/", view, name=name), *super().get_urls()]

    def get_fieldsets(self, request, obj=None):
        is_open = obj is not None and obj.decided_at is None and self.has_change_permission(request, obj)
        return [(None, {"fields": FACTS}), ("Decyzja", {"fields": ["decision", "words"] if is_open else OUTCOME})]

    def get_readonly_fields(self, request, obj=None):
        return FACTS + OUTCOME

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return (obj is None or obj.decided_at is None) and super().has_change_permission(request, obj)

    def save_model(self, request, obj, form, change):
        type(self).decide(
            request_id=obj.pk,
            accept=form.cleaned_data["decision"] == "tak",
            answer=form.cleaned_data["words"],
            actor=request.user,
            now=timezone.now(),
        )

    def show_document(self, request, pk):
        """Streamed to those who may see the request; that they looked is noted."""
        asked = self.get_queryset(request).filter(pk=pk).first()
        if asked is None or not asked.document or not self.has_view_permission(request, asked):
            raise Http404
        try:
            file = default_storage.open(asked.document.name)
        except FileNotFoundError as error:
            raise Http404 from error
        about = f"dokument do prośby: {asked.object_name}"
        trail.seen(request.user, asked.user, about, timezone.now())
        suffix = asked.document.name.rpartition(".")[2]
        return FileResponse(
            file, as_attachment=True, filename=f"dokument-{asked.pk}.{suffix}", content_type=CONTENT_TYPES[suffix]
        )

    @display(description="kto prosi")
    def person(self, asked):
        return f"{asked.user.full_name}, {asked.user.email}" if asked.user.full_name else asked.user.email

    @display(description="w czyim imieniu")
    def what(self, asked):
        return asked.object_name

    @display(description="dokument")
    def file(self, asked):
        if not asked.document:
            return "nie ma"
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_document"
        return format_html('<a href="{}">Pobierz</a>', reverse(name, args=[asked.pk]))

    @display(description="stan")
    def state(self, asked):
        return "czeka" if asked.decided_at is None else self.outcome(asked)

    @display(description="decyzja")
    def outcome(self, asked):
        return "przyjęto" if asked.is_accepted else "odmówiono"
