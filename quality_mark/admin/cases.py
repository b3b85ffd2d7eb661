"""Cases and marks with their history, to be read: what happens to them is done on the pages of the office."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from unfold.admin import TabularInline
from unfold.decorators import display

from quality_mark import workflow
from quality_mark.models import Application, Licence, Mark, MarkStep, Paper, Step
from quality_mark.own_cases import not_own
from registry.admin.base import RegisterAdmin


class ReadOnly:
    """Nothing of it is written here, whoever asks and however."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReadLine(ReadOnly, TabularInline):
    extra = 0
    tab = True


class StepsLine(ReadLine):
    """Steps by the words of their table."""

    fields = readonly_fields = ["what", "source", "target", "actor", "note", "at"]
    table = None

    @display(description="krok")
    def what(self, step):
        return next((move.label for move in self.table if move.name == step.name), step.name)


class StepLine(StepsLine):
    model, table = Step, workflow.applications


class PaperLine(ReadLine):
    model = Paper
    fields = readonly_fields = ["name", "code", "size", "uploaded_at", "removed_at"]


class MarkStepLine(StepsLine):
    model, table = MarkStep, workflow.marks


class LicenceLine(ReadLine):
    model = Licence
    fields = readonly_fields = ["granted_on", "valid_until", "holder_signed_on", "office_signed_on"]


class NotOwn(ReadOnly):
    """A case or a mark of one's own organisation is not there: its log holds what the office and those who judge have
    written for each other."""

    def get_queryset(self, request):
        return not_own(super().get_queryset(request), request.user)


@admin.register(Application)
class ApplicationAdmin(NotOwn, RegisterAdmin):
    list_display = ["number", "offer", "state", "submitted_at", "due_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["offer"]
    search_fields = ["number", "offer__name"]
    ordering = ["-submitted_at", "-pk"]
    inlines = [StepLine, PaperLine]
    readonly_fields = ["desk"]
    fieldsets = [
        (None, {"fields": ["desk", ("number", "state", "kind"), ("offer", "rulebook", "handled_by")]}),
        ("Terminy", {"fields": [("submitted_at", "complete_at"), ("due_at", "decided_at")]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(number="")

    @display(description="sprawa")
    def desk(self, application):
        address = reverse("quality_mark:case", args=[application.pk])
        return format_html('<a href="{}">Otwórz na stronie biura</a>', address)


@admin.register(Mark)
class MarkAdmin(NotOwn, RegisterAdmin):
    list_display = ["number", "offer", "state", "since", "valid_until"]
    list_filter = ["state"]
    list_select_related = ["offer"]
    search_fields = ["number", "offer__name"]
    ordering = ["-valid_until", "-pk"]
    inlines = [MarkStepLine, LicenceLine]
    readonly_fields = ["desk"]
    fieldsets = [
        (None, {"fields": ["desk", ("number", "state", "offer"), ("since", "valid_until"), "public_note"]}),
    ]

    @display(description="nadzór")
    def desk(self, mark):
        address = reverse("quality_mark:mark_desk", args=[mark.pk])
        return format_html('<a href="{}">Otwórz na stronie nadzoru</a>', address)
