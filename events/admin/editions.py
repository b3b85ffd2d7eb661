"""Editions of projects, their texts and forms in dated versions."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.decorators import display

from events.admin.forms import EditionForm
from events.admin.lines import FormQuestionLine, LogoLine
from events.models import Edition, EditionText, FormVersion
from events.use_cases.enrolment.versions import next_number, publish_version
from registry.admin.base import RegisterAdmin, tags
from registry.admin.versions import VersionAdmin


@admin.register(Edition)
class EditionAdmin(RegisterAdmin):
    form = EditionForm
    list_display = ["name", "number", "starts_on", "ends_on", "state"]
    search_fields = ["name", "number"]
    ordering = ["-starts_on", "pk"]
    readonly_fields = ["state", "papers", "closing"]
    inlines = [LogoLine]
    fieldsets = [
        ("Projekt", {"fields": ["name", ("number", "slug"), "programme", ("starts_on", "ends_on")]}),
        ("Zgłoszenia", {"fields": ["enrolment_until", "state", "closing", "papers"]}),
        ("Osoby", {"fields": ["person_fields", "personal_data_until"]}),
        ("Na pismach i stronach", {"fields": ["funding_statement"]}),
        ("Kontakt", {"fields": [("contact_name", "contact_role"), ("contact_phone", "contact_email")]}),
    ]

    @display(description="zgłoszenia")
    def state(self, edition):
        if not edition.pk:
            return "po zapisaniu"
        if edition.closed_at:
            return tags([("no", f"zamknięte {timezone.localtime(edition.closed_at):%d.%m.%Y}")])
        is_open = edition.takes_enrolments_on(timezone.localdate())
        return tags([("yes", "przyjmuje") if is_open else ("no", "poza terminem")])

    @display(description="zamknięcie")
    def closing(self, edition):
        if not edition.pk or edition.closed_at:
            return "–"
        address = reverse("events:close_edition", args=[edition.slug])
        return format_html('<a href="{}">Zakończ przyjmowanie zgłoszeń</a>', address)

    @display(description="teksty i formularze")
    def papers(self, edition):
        if not edition.pk:
            return "po zapisaniu"
        lists = [reverse(f"admin:events_{model}_changelist") for model in ("editiontext", "formversion")]
        return format_html(
            '<a href="{}?edition__id__exact={}">Teksty</a>, <a href="{}?edition__id__exact={}">formularze</a>',
            lists[0], edition.pk, lists[1], edition.pk,
        )  # fmt: skip


class OfEditionAdmin(VersionAdmin):
    list_filter = ["edition", "kind"]
    list_select_related = ["edition"]
    ordering = ["edition", "kind", "-version"]
    readonly_fields = ["standing", "preview"]
    preview_name = ""

    def next_number(self, version):
        return next_number(version)

    def announce(self, request, version_id):
        publish_version(model=self.model, version_id=version_id, actor=request.user, now=timezone.now())

    @display(description="podgląd, ogłoszenie, nowa wersja")
    def preview(self, version):
        if not version.pk:
            return "po zapisaniu"
        return format_html('<a href="{}">Otwórz</a>', reverse(f"events:{self.preview_name}", args=[version.pk]))


@admin.register(EditionText)
class EditionTextAdmin(OfEditionAdmin):
    preview_name = "text_preview"
    list_display = ["title", "kind", "version", "standing", "edition", "preview"]
    search_fields = ["title", "edition__name"]
    fields = ["edition", "kind", "title", "body", "valid_from", "standing", "preview"]


@admin.register(FormVersion)
class FormVersionAdmin(OfEditionAdmin):
    preview_name = "form_preview"
    list_display = ["kind", "version", "standing", "edition", "preview"]
    search_fields = ["edition__name"]
    fields = ["edition", "kind", "introduction", "valid_from", "standing", "preview"]
    inlines = [FormQuestionLine]
