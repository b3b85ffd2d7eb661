"""Rules in versions with their parts. A draft is written, an announced version is only read and copied."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.admin import StackedInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSingleDateWidget

from quality_mark.admin.forms import QuestionForm, RulebookForm, TemplateForm, label_of
from quality_mark.models import (
    DocumentTemplate,
    FormalCriterion,
    RequiredPaper,
    Rulebook,
    SubstantiveCriterion,
    SurveyQuestion,
)
from quality_mark.use_cases import rulebooks
from registry.admin.base import RegisterFields
from registry.admin.versions import VersionAdmin
from registry.models import OrganisationKind


class PartLine(RegisterFields, StackedInline):
    extra = 0
    tab = True


class FormalLine(PartLine):
    model = FormalCriterion
    fields = ["title", "help_text", ("code", "computed", "position")]


class SubstantiveLine(PartLine):
    model = SubstantiveCriterion
    fields = ["title", "help_text", ("scale", "weight", "threshold"), ("code", "position")]


class PaperLine(PartLine):
    model = RequiredPaper
    fields = ["title", "help_text", ("is_required", "for_renewal"), ("code", "position")]


class QuestionLine(PartLine):
    model = SurveyQuestion
    form = QuestionForm
    fields = ["label", "help_text", ("answer", "is_required"), "choices", ("code", "position")]


class TemplateLine(PartLine):
    model = DocumentTemplate
    form = TemplateForm
    fields = ["kind", "title", "body"]


class CopyForm(forms.Form):
    valid_from = forms.DateField(
        label="Obowiązuje od dnia",
        widget=UnfoldAdminSingleDateWidget,
        error_messages={"required": "Podaj dzień.", "invalid": "Podaj dzień, na przykład 1.03.2027."},
    )


def _told(name, told):
    return told.get(name, name) if isinstance(name, str) else name


@admin.register(Rulebook)
class RulebookAdmin(VersionAdmin):
    announced_word = "ogłoszone"
    form = RulebookForm
    list_display = ["title", "version", "valid_from", "standing", "how_many_unconfirmed"]
    ordering = ["-version"]
    readonly_fields = ["standing", "unconfirmed", "next_version", "which_kinds"]
    inlines = [FormalLine, SubstantiveLine, PaperLine, QuestionLine, TemplateLine]
    fieldsets = [
        ("Wersja", {"fields": ["title", "valid_from", "standing", "next_version", "regulations"]}),
        (
            "Kto może złożyć wniosek",
            {
                "fields": [
                    "kinds",
                    ("least_months", "least_own_income", "least_recommendations"),
                    "takes_typed_declaration",
                ]
            },
        ),
        (
            "Terminy",
            {
                "fields": [
                    "working_days",
                    ("formal_days", "correction_days", "procedure_months"),
                    ("assessment_days", "warning_days"),
                    ("signing_days", "complaint_days", "complaint_body"),
                    ("hearing_days", "suspension_days", "silence"),
                ]
            },
        ),
        (
            "Ocena merytoryczna i Kapituła",
            {
                "fields": [
                    ("assessors", "divergence", "pass_share"),
                    ("quorum_share", "majority_share", "tie"),
                    ("votes_secretly", "remote_hours"),
                    ("assessors_vote", "asks_opinion"),
                ]
            },
        ),
        (
            "Licencja",
            {"fields": [("licence_months", "reminder_days"), ("valid_while_renewed", "renewal_is_short")]},
        ),
        ("Czego źródła nie mówią", {"fields": ["assumed", "unconfirmed"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        """Of an announced version words instead of the codes that its draft ticks."""
        fieldsets = super().get_fieldsets(request, obj)
        if not (isinstance(obj, Rulebook) and obj.published_at):
            return fieldsets
        told = {"kinds": "which_kinds", "assumed": None}
        return [
            (label, options | {"fields": [one for name in options["fields"] if (one := _told(name, told))]})
            for label, options in fieldsets
        ]

    def get_urls(self):
        copy = path(
            "<int:pk>/nowa-wersja/", self.admin_site.admin_view(self.copy_version), name="quality_mark_rulebook_copy"
        )
        return [copy, *super().get_urls()]

    def next_number(self, version):
        return rulebooks.next_version()

    def announce(self, request, version_id):
        rulebooks.announce(rulebook_id=version_id, now=timezone.now())

    def copy_version(self, request, pk):
        """Ask from which day the next version is in force, and begin it as a draft."""
        version = Rulebook.objects.filter(pk=pk).first()
        if version is None:
            raise Http404
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = CopyForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            new = rulebooks.copy(rulebook_id=pk, valid_from=form.cleaned_data["valid_from"])
            messages.success(request, f"Wersja {new.version} jest szkicem: popraw ją i ogłoś.")
            return redirect("admin:quality_mark_rulebook_change", new.pk)
        context = self.admin_site.each_context(request) | {
            "title": "Nowa wersja zasad",
            "version": version,
            "form": form,
            "back": reverse("admin:quality_mark_rulebook_change", args=[pk]),
        }
        return render(request, "admin/quality_mark/copy.html", context, status=422 if form.errors else 200)

    @display(description="do potwierdzenia")
    def how_many_unconfirmed(self, version):
        return len(version.assumed) or "nic"

    @display(description="do potwierdzenia")
    def unconfirmed(self, version):
        if not version.assumed:
            return "wszystko potwierdzone"
        return ", ".join(label_of(name) for name in version.assumed)

    @display(description="rodzaje podmiotów")
    def which_kinds(self, version):
        if not version.kinds:
            return "wszystkie, które słownik rodzajów dopuszcza do znaku"
        return ", ".join(OrganisationKind.objects.filter(pk__in=version.kinds).values_list("label", flat=True))

    @display(description="następna wersja")
    def next_version(self, version):
        if not version.pk:
            return "po zapisaniu"
        address = reverse("admin:quality_mark_rulebook_copy", args=[version.pk])
        return format_html('<a href="{}">Zrób nową wersję z tej</a>', address)
