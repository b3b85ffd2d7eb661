"""Texts of the clause advisor. A version whose day has come is only read: the next one is a row of its own."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils import timezone
from unfold.decorators import display

from procurement.admin.forms import GuideForm
from procurement.choices import GuideTopic
from procurement.models import Guide
from registry.admin.base import RegisterAdmin, tags
from registry.admin.cards.filters import StrictFilter
from registry.admin.words import holding


class TopicFilter(StrictFilter):
    title, parameter_name = "o czym", "o-czym"
    options = [*GuideTopic.choices, ("klauzula", "o klauzulach")]

    def narrow(self, queryset, value):
        return queryset.filter(topic="" if value == "klauzula" else value)


class WrittenFilter(StrictFilter):
    title, parameter_name = "tekst", "tekst"
    options = [("brak", "nienapisany"), ("jest", "napisany")]

    def narrow(self, queryset, value):
        return queryset.filter(text="") if value == "brak" else queryset.exclude(text="")


class VersionFilter(StrictFilter):
    title, parameter_name, options = "wersja", "wersja", [("dzis", "widoczna dziś")]

    def narrow(self, queryset, value):
        today = timezone.localdate()
        later = Guide.objects.filter(
            topic=OuterRef("topic"), clause=OuterRef("clause"), valid_from__gt=OuterRef("valid_from"),
            valid_from__lte=today,
        )  # fmt: skip
        return queryset.filter(~Exists(later), valid_from__lte=today)


@admin.register(Guide)
class GuideAdmin(RegisterAdmin):
    form = GuideForm
    list_display = ["of", "valid_from", "author", "written"]
    list_filter = [VersionFilter, WrittenFilter, TopicFilter]
    search_fields = ["text"]
    search_help_text = "Słowa z tekstu albo kod klauzuli"
    ordering = ["topic", "clause", "-valid_from", "pk"]
    fields = ["topic", "clause", "text", "bands", "natures", "is_only_social", ("author", "valid_from"), "sources"]

    def has_change_permission(self, request, obj=None):
        is_shown = isinstance(obj, Guide) and obj.pk and obj.valid_from <= timezone.localdate()
        return super().has_change_permission(request, obj) and not is_shown

    def get_search_results(self, request, queryset, search_term):
        return holding(queryset, search_term, "text", "clause"), False

    def get_changeform_initial_data(self, request):
        return {"author": request.user.full_name, "valid_from": timezone.localdate()}

    @display(description="o czym", ordering="topic")
    def of(self, guide):
        return guide.get_topic_display() or f"klauzula {guide.clause}"

    @display(description="tekst")
    def written(self, guide):
        return tags([("yes", "napisany") if guide.text else ("warn", "nienapisany")])
