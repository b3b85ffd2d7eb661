"""Dictionaries: what an office may change is changed here, what comes from a state's table is only shown."""

from django.contrib import admin
from django.db.models import Q
from unfold.decorators import display

from registry.admin.base import RegisterAdmin
from registry.admin.words import pattern
from registry.models import (
    County,
    CpvCode,
    DataSource,
    DictionaryLoad,
    LegalForm,
    Municipality,
    OfferCategory,
    OrganisationKind,
    PkdCode,
    Region,
)


class ReadAdmin(RegisterAdmin):
    """Loaded from data/ by `load_dictionaries`; a change by hand would be lost with the next load."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class WordSearch(RegisterAdmin):
    """Search by the start of a code, or by words without case and accents in `word_field`."""

    code_field = None
    word_field = "label"

    def get_search_results(self, request, queryset, search_term):
        for word in search_term.split():
            found = Q(**{f"{self.word_field}__regex": pattern(word)})
            if self.code_field and word[0].isdigit():
                found |= Q(**{f"{self.code_field}__startswith": word})
            queryset = queryset.filter(found)
        return queryset, False


@admin.register(OrganisationKind)
class OrganisationKindAdmin(RegisterAdmin):
    """Codes are part of public addresses, so rows are changed but neither added nor renamed."""

    list_display = ["label", "code", "legal_reference", "is_unit", "may_hold_ps", "may_hold_mark", "is_art94"]
    ordering = ["position"]
    readonly_fields = ["code", "is_unit"]

    def has_add_permission(self, request):
        return False


@admin.register(LegalForm)
class LegalFormAdmin(RegisterAdmin):
    list_display = ["label", "code"]
    ordering = ["position"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []


@admin.register(OfferCategory)
class OfferCategoryAdmin(WordSearch):
    list_display = ["label", "code"]
    ordering = ["position"]
    search_fields = ["label"]
    autocomplete_fields = ["cpv"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []


@admin.register(CpvCode)
class CpvCodeAdmin(ReadAdmin, WordSearch):
    list_display = ["code", "label_pl", "level"]
    list_filter = ["level"]
    search_fields = ["label_pl"]
    search_help_text = "Początek kodu albo słowa nazwy"
    code_field, word_field = "code", "label_pl"
    ordering = ["code"]


@admin.register(PkdCode)
class PkdCodeAdmin(ReadAdmin, WordSearch):
    list_display = ["symbol", "name", "section", "version"]
    list_filter = ["version", "level"]
    search_fields = ["name"]
    search_help_text = "Początek symbolu albo słowa nazwy"
    code_field, word_field = "symbol", "name"
    ordering = ["version", "symbol"]


class TerritoryAdmin(ReadAdmin, WordSearch):
    search_fields = ["name"]
    code_field, word_field = "teryt", "name"
    ordering = ["sort_key", "teryt"]
    exclude = ["boundary"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("boundary")


@admin.register(Region)
class RegionAdmin(ReadAdmin):
    list_display = ["name", "teryt"]


@admin.register(County)
class CountyAdmin(TerritoryAdmin):
    list_display = ["title", "teryt", "subregion"]

    @display(description="powiat", ordering="sort_key")
    def title(self, county):
        return str(county)


@admin.register(Municipality)
class MunicipalityAdmin(TerritoryAdmin):
    list_display = ["label", "teryt", "kind", "county"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("county").defer("boundary", "county__boundary")


@admin.register(DictionaryLoad)
class DictionaryLoadAdmin(ReadAdmin):
    list_display = ["name", "as_of", "rows", "source", "licence", "loaded_at"]
    ordering = ["name"]


@admin.register(DataSource)
class DataSourceAdmin(WordSearch):
    list_display = ["name", "rank", "url", "licence"]
    search_fields = ["name"]
    word_field = "name"
    ordering = ["-rank", "name"]
    fields = ["name", "rank", "url", "licence"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        texts = {"rank": "Fakt z wyższą rangą wygrywa z faktem z niższej."}
        return super().get_form(request, obj, change=change, **kwargs | {"help_texts": texts})
