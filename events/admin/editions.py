"""Editions of projects, their texts and forms in dated versions."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.decorators import action, display

from events.admin.forms import EditionForm
from events.admin.lines import FormQuestionLine, LogoLine
from events.models import Edition, EditionText, FormVersion
from events.use_cases.enrolment.versions import next_number, publish_version
from registry.admin.base import RegisterAdmin, tags


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


class VersionAdmin(RegisterAdmin):
    """Drafts are written, announced versions are only read."""

    list_filter = ["edition", "kind"]
    list_select_related = ["edition"]
    ordering = ["edition", "kind", "-version"]
    readonly_fields = ["standing", "preview"]
    actions_submit_line = ["save_and_announce"]
    preview_name = ""

    def has_change_permission(self, request, obj=None):
        # The library of the panel gives the key alone where it asks for its buttons.
        is_announced = isinstance(obj, self.model) and obj.published_at
        return super().has_change_permission(request, obj) and not is_announced

    def get_actions_submit_line(self, request, object_id):
        draft = self.model.objects.filter(pk=object_id, published_at=None).exists() if object_id else False
        return super().get_actions_submit_line(request, object_id) if draft else []

    @action(description="Zapisz i ogłoś", permissions=["change"])
    def save_and_announce(self, request, version):
        # Its questions are written first: afterwards they cannot be.
        request.announces = True

    def save_model(self, request, obj, form, change):
        if not change:
            obj.version = next_number(obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if getattr(request, "announces", False):
            publish_version(model=self.model, version_id=form.instance.pk, actor=request.user, now=timezone.now())

    @display(description="stan")
    def standing(self, version):
        if not version.pk:
            return "nowy szkic"
        if not version.published_at:
            return tags([("warn", "szkic")])
        return tags([("yes", f"ogłoszona, od {version.valid_from:%d.%m.%Y}")])

    @display(description="podgląd, ogłoszenie, nowa wersja")
    def preview(self, version):
        if not version.pk:
            return "po zapisaniu"
        return format_html('<a href="{}">Otwórz</a>', reverse(f"events:{self.preview_name}", args=[version.pk]))


@admin.register(EditionText)
class EditionTextAdmin(VersionAdmin):
    preview_name = "text_preview"
    list_display = ["title", "kind", "version", "standing", "edition", "preview"]
    search_fields = ["title", "edition__name"]
    fields = ["edition", "kind", "title", "body", "valid_from", "standing", "preview"]


@admin.register(FormVersion)
class FormVersionAdmin(VersionAdmin):
    preview_name = "form_preview"
    list_display = ["kind", "version", "standing", "edition", "preview"]
    search_fields = ["edition__name"]
    fields = ["edition", "kind", "introduction", "valid_from", "standing", "preview"]
    inlines = [FormQuestionLine]
