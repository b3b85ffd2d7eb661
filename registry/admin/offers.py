"""Offers: category and CPV with search by code and words, confirmation of what a program proposed, pictures."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from unfold import widgets
from unfold.decorators import action, display

from registry.admin import bulk, fields
from registry.admin.base import RegisterAdmin, RegisterLine, tags
from registry.admin.cards.filters import StrictFilter
from registry.admin.cards.reading import valid_marks
from registry.admin.meanwhile import LockedWhileSaved, OpenedForm
from registry.admin.words import holding
from registry.models import Offer, OfferCategory, OfferCpv, OfferMark, OfferPicture
from registry.use_cases import pictures


class OfferForm(OpenedForm):
    what = "tę ofertę"
    serves = fields.serves(help_text="Tylko gdy inny niż obszar podmiotu; puste znaczy: jak podmiot.")
    confirmed = forms.BooleanField(
        label="Klasyfikacja potwierdzona",
        required=False,
        help_text="Człowiek sprawdził kategorię i kody CPV.",
        widget=widgets.UnfoldBooleanSwitchWidget,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What a person writes down by hand needs nobody to look at it again.
        self.initial["confirmed"] = bool(self.instance.confirmed_at) if self.instance.pk else True

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("confirmed") and not cleaned.get("category"):
            self.add_error("category", "Wybierz kategorię albo odznacz potwierdzenie klasyfikacji.")
        return cleaned

    def save(self, commit=True):
        if not self.cleaned_data["confirmed"]:
            self.instance.confirmed_at = None
        elif self.instance.confirmed_at is None:
            self.instance.confirmed_at = timezone.now()
        return super().save(commit)


class CpvLine(RegisterLine):
    model = OfferCpv
    tab = False
    verbose_name_plural = "kody CPV"
    fields = ["code"]
    autocomplete_fields = ["code"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("code")


class MarkLine(RegisterLine):
    """The mark is written by its own procedure; here one only sees it."""

    model = OfferMark
    verbose_name_plural = "znak"
    fields = ["number", "granted_on", "valid_until", "state"]
    readonly_fields = fields
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class PictureLine(RegisterLine):
    """A picture is added or taken away as a whole: its use case draws it anew."""

    model = OfferPicture
    verbose_name_plural = "zdjęcia"
    fields = ["image", "alt"]

    def has_change_permission(self, request, obj=None):
        return False


class WaitingFilter(StrictFilter):
    title, parameter_name = "klasyfikacja", "klasyfikacja"
    options = [("czeka", "czeka na potwierdzenie"), ("bez-kategorii", "bez kategorii"), ("tak", "potwierdzona")]

    def narrow(self, queryset, value):
        if value == "bez-kategorii":
            return queryset.filter(category__isnull=True)
        return queryset.filter(confirmed_at__isnull=value == "czeka")


class CategoryFilter(StrictFilter):
    title, parameter_name = "kategoria", "kategoria"

    def lookups(self, request, model_admin):
        return OfferCategory.objects.order_by("position").values_list("code", "label")

    def narrow(self, queryset, value):
        return queryset.filter(category=value)


class MarkFilter(StrictFilter):
    title, parameter_name, options = "znak", "znak", [("1", "tak")]

    def narrow(self, queryset, value):
        return queryset.filter(pk__in=valid_marks(timezone.localdate()).values("offer"))


@admin.register(Offer)
class OfferAdmin(LockedWhileSaved, RegisterAdmin):
    form = OfferForm
    list_display = ["name", "owner", "category", "classification"]
    list_select_related = ["category", "organisation__institution", "organisation__unit"]
    list_filter = [WaitingFilter, CategoryFilter, MarkFilter]
    search_fields = ["name"]
    search_help_text = "Słowa z nazwy oferty albo podmiotu"
    ordering = ["-updated_at", "-pk"]
    autocomplete_fields = ["organisation"]
    inlines = [CpvLine, PictureLine, MarkLine]
    actions = ["confirm", "remove"]
    fields = [
        "organisation",
        "name",
        "description",
        "category",
        "confirmed",
        "capacity",
        "serves",
        "position",
        "version",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).living()

    def get_search_results(self, request, queryset, search_term):
        names = ("name", "organisation__institution__name", "organisation__unit__name")
        return holding(queryset, search_term, *names), False

    def save_formset(self, request, form, formset, change):
        if formset.model is not OfferPicture:
            super().save_formset(request, form, formset, change)
            return
        formset.new_objects, formset.changed_objects = [], []
        formset.deleted_objects = [line.instance for line in formset.deleted_forms if line.instance.pk]
        for picture in formset.deleted_objects:
            pictures.remove_picture(picture_id=picture.pk, actor=request.user)
        for line in formset.extra_forms:
            if line.has_changed() and line not in formset.deleted_forms:
                added = pictures.add_picture(
                    offer_id=form.instance.pk,
                    upload=line.cleaned_data["image"],
                    alt=line.cleaned_data["alt"],
                    actor=request.user,
                    now=timezone.now(),
                )
                formset.new_objects.append(added)

    def affected_cards(self, offer):
        return [offer.organisation_id]

    @display(description="podmiot")
    def owner(self, offer):
        return offer.organisation.party.name

    @display(description="klasyfikacja")
    def classification(self, offer):
        return tags([("yes", "potwierdzona") if offer.confirmed_at else ("warn", "do potwierdzenia")])

    @action(description="Potwierdź klasyfikację", permissions=["change"])
    def confirm(self, request, queryset):
        return bulk.do(self, request, queryset, "confirm_offer")

    @action(description="Usuń z karty", permissions=["change"])
    def remove(self, request, queryset):
        return bulk.do(self, request, queryset, "remove_offer")
