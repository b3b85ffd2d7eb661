"""Legal persons and units on their own: those without a card, and the facts that several cards share."""

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from unfold.decorators import display

from registry.admin import parties
from registry.admin.base import RegisterAdmin
from registry.admin.cards.filters import StrictFilter
from registry.admin.cards.inlines import StatusLine
from registry.admin.cards.reading import search_parties
from registry.admin.fields import counties_in_order
from registry.admin.meanwhile import LockedWhileSaved, OpenedForm
from registry.models import Institution, LegalForm, Organisation, Unit
from registry.use_cases import statuses, unit_terms


class CountyFilter(StrictFilter):
    title, parameter_name = "powiat", "powiat"

    def lookups(self, request, model_admin):
        return [(county.teryt, str(county)) for county in counties_in_order()]

    def narrow(self, queryset, value):
        return queryset.filter(county=value)


class LegalFormFilter(StrictFilter):
    title, parameter_name = "forma prawna", "forma"

    def lookups(self, request, model_admin):
        return LegalForm.objects.order_by("position").values_list("code", "label")

    def narrow(self, queryset, value):
        return queryset.filter(legal_form=value)


class WithoutCardFilter(StrictFilter):
    title, parameter_name, options = "karta", "karta", [("nie", "bez własnej karty")]

    def narrow(self, queryset, value):
        column = "unit" if queryset.model is Unit else "institution"
        cards = Organisation.objects.living().filter(**{column: OuterRef("pk")})
        return queryset.exclude(Exists(cards if column == "unit" else cards.filter(unit__isnull=True)))


class OwnForm(OpenedForm, parties.PartyForm):
    pass


class TermFilter(StrictFilter):
    title, parameter_name = "ważność statusu", "termin"
    options = [("konczy-sie", "niedługo się kończy"), ("wygasl", "wygasł")]

    def narrow(self, queryset, value):
        today = timezone.localdate()
        if value == "konczy-sie":
            return queryset.filter(pk__in=unit_terms.ending(today).values("pk"))
        return queryset.filter(expires_on__lt=today, ended_on__isnull=True)


class PartyAdmin(LockedWhileSaved, RegisterAdmin):
    """What the admins of the two kinds of party share."""

    form = OwnForm
    ordering = ["sort_key", "pk"]
    search_fields = ["name"]
    search_help_text = "Nazwa, miejscowość albo NIP, REGON, KRS w dowolnym zapisie"
    readonly_fields = ["cards"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(removed_at__isnull=True).defer("county__boundary")

    def get_search_results(self, request, queryset, search_term):
        return search_parties(queryset, search_term), False

    @display(description="powiat", ordering="county__sort_key")
    def county_name(self, party):
        return party.county or "nieznany"

    @display(description="karty w katalogu")
    def cards(self, party):
        if party.pk is None:
            return "brak"
        cards = Organisation.objects.living().filter(pk__in=self.affected_cards(party)).with_party()
        rows = [(reverse("admin:registry_organisation_change", args=[card.pk]), str(card)) for card in cards]
        return format_html_join("; ", '<a href="{}">{}</a>', rows) or "brak"


@admin.register(Institution)
class InstitutionAdmin(PartyAdmin):
    list_display = ["name", "legal_form", "nip", "krs", "county_name", "town"]
    list_select_related = ["legal_form", "county"]
    list_filter = [LegalFormFilter, CountyFilter, WithoutCardFilter]
    readonly_fields = ["cards", "own_card"]
    inlines = [StatusLine]
    fieldsets = [
        ("Instytucja", {"fields": parties.INSTITUTION}),
        ("Adres i kontakt", {"fields": [*parties.ADDRESS, *parties.CONTACT, "version"]}),
        ("Karty", {"fields": ["cards", "own_card"]}),
    ]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for words in statuses.bar_warnings(form.instance.pk, today=timezone.localdate()):
            self.message_user(request, words, messages.WARNING)

    def affected_cards(self, institution):
        living = Organisation.objects.living()
        own = living.filter(institution=institution.pk).values_list("pk", flat=True)
        return {*own, *living.filter(unit__operator=institution.pk).values_list("pk", flat=True)}

    @display(description="własna karta")
    def own_card(self, institution):
        if institution.pk is None:
            return "najpierw zapisz instytucję"
        if Organisation.objects.living().filter(institution=institution, unit__isnull=True).exists():
            return "jest"
        address = f"{reverse('admin:registry_organisation_add')}?institution={institution.pk}"
        return format_html('<a href="{}">Dodaj kartę tej instytucji</a>', address)


@admin.register(Unit)
class UnitAdmin(PartyAdmin):
    list_display = ["name", "operator", "county_name", "town", "expires_on"]
    list_select_related = ["operator", "county"]
    list_filter = [CountyFilter, WithoutCardFilter, TermFilter]
    autocomplete_fields = ["operator"]
    fieldsets = [
        ("Jednostka", {"fields": parties.UNIT}),
        ("Adres i kontakt", {"fields": [*parties.ADDRESS, *parties.CONTACT, "version"]}),
        ("Karty", {"fields": ["cards"]}),
    ]

    def affected_cards(self, unit):
        return Organisation.objects.living().filter(unit=unit.pk).values_list("pk", flat=True)

    def has_add_permission(self, request):
        """A unit is added with its card."""
        return False

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        # The card's institution is the operator of its unit.
        Organisation.objects.filter(unit=obj).update(institution=obj.operator)
