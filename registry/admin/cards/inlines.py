"""What hangs on a card, one tab each: offers, statuses, units, references, places, PKD, reports of errors."""

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from unfold.decorators import display
from unfold.forms import PaginationInlineFormSet

from registry.admin.base import RegisterLine
from registry.admin.places import PlaceForm
from registry.models import (
    ErrorReport,
    Institution,
    Offer,
    OrganisationPkd,
    Reference,
    SocialEnterpriseStatus,
    Unit,
    Workplace,
)


class OfPartyLine(RegisterLine):
    """Lines that hang on the legal person behind the card; the card's form hands it to their formset."""

    def __init__(self, parent_model, admin_site):
        super().__init__(Institution, admin_site)


class ReadLine(RegisterLine):
    """To look at, with a link to where it is changed."""

    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class OfferLine(ReadLine):
    model = Offer
    verbose_name_plural = "oferty"
    fields = ["name", "category", "classification"]
    readonly_fields = fields
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).living().select_related("category").order_by("position", "pk")

    @display(description="klasyfikacja")
    def classification(self, offer):
        return "potwierdzona" if offer.confirmed_at else "zaproponowana, czeka na potwierdzenie"


class StatusForm(forms.ModelForm):
    def clean(self):
        cleaned = super().clean()
        granted, lost = cleaned.get("granted_on"), cleaned.get("lost_on")
        if granted and lost and lost <= granted:
            self.add_error("lost_on", "Utrata statusu nie może być wcześniejsza niż jego nadanie.")
        if lost and not (cleaned.get("loss_reason") or "").strip() and "loss_reason" not in self.errors:
            self.add_error("loss_reason", "Napisz, dlaczego status utracono.")
        if cleaned.get("loss_final_on") and not lost:
            self.add_error("lost_on", "Podaj, kiedy status utracono.")
        return cleaned


class StatusLine(OfPartyLine):
    model = SocialEnterpriseStatus
    form = StatusForm
    verbose_name_plural = "status PS"
    fields = ["decision_number", "authority", "goal", "granted_on", "lost_on", "loss_reason", "loss_final_on"]
    ordering = ["granted_on"]


class UnitLine(ReadLine, OfPartyLine):
    model = Unit
    fk_name = "operator"
    verbose_name_plural = "jednostki"
    fields = ["name", "town", "card"]
    readonly_fields = fields

    def get_queryset(self, request):
        units = super().get_queryset(request).filter(removed_at__isnull=True)
        return units.select_related("organisation").order_by("sort_key", "pk")

    @display(description="karta")
    def card(self, unit):
        card = getattr(unit, "organisation", None)
        if card is None:
            return "brak"
        return format_html('<a href="{}">Otwórz</a>', reverse("admin:registry_organisation_change", args=[card.pk]))


class ReferenceForm(forms.ModelForm):
    def clean_year(self):
        year = self.cleaned_data["year"]
        if not 1990 <= year <= 2100:
            raise forms.ValidationError("Rok: od 1990 do 2100.")
        return year

    def clean_value_amount(self):
        value = self.cleaned_data["value_amount"]
        if value is not None and value < 0:
            raise forms.ValidationError("Wartość nie może być ujemna.")
        return value


class ReferenceLine(RegisterLine):
    model = Reference
    form = ReferenceForm
    verbose_name_plural = "referencje"
    fields = ["client", "subject", "year", "value_amount"]
    ordering = ["-year", "pk"]


class WorkplaceLine(RegisterLine):
    model = Workplace
    form = PlaceForm
    verbose_name_plural = "miejsca"
    fields = ["name", "street", "house_number", "postal_code", "town", "municipality"]
    ordering = ["pk"]


class PkdLines(PaginationInlineFormSet):
    def clean(self):
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms]
        if sum(bool(form.cleaned_data.get("is_main")) for form in kept if form.is_valid()) > 1:
            raise forms.ValidationError("Przeważający kod PKD może być tylko jeden.")


class PkdLine(RegisterLine):
    model = OrganisationPkd
    formset = PkdLines
    verbose_name_plural = "PKD"
    fields = ["code", "is_main"]
    autocomplete_fields = ["code"]
    ordering = ["-is_main", "code__symbol"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("code")


class ReportLine(ReadLine):
    model = ErrorReport
    verbose_name_plural = "zgłoszenia"
    fields = ["created_at", "message", "settled_at", "outcome", "settlement"]
    readonly_fields = fields
    ordering = ["-created_at"]
    show_change_link = True


LINES = [OfferLine, StatusLine, UnitLine, ReferenceLine, WorkplaceLine, PkdLine, ReportLine]
