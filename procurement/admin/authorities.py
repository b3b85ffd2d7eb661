"""Who buys, for coordinators: authorities are institutions of the register, units hang on them."""

from django.contrib import admin
from django.utils import timezone
from unfold.decorators import display

from accounts.admin.requests import RequestAdmin
from core.slugs import free_slug
from procurement.models import ContractingAuthority, OfficerRequest, OrderingUnit
from procurement.use_cases.officers import decide_office
from registry.admin import dashboard
from registry.admin.base import RegisterAdmin, RegisterLine

dashboard.LINES.append(dashboard.line_of_requests(OfficerRequest, "Prośby urzędników"))


class UnitLine(RegisterLine):
    model = OrderingUnit
    fields = ["name"]


@admin.register(ContractingAuthority)
class ContractingAuthorityAdmin(RegisterAdmin):
    list_display = ["name", "nip", "town"]
    list_select_related = ["institution"]
    search_fields = ["institution__name", "institution__nip"]
    ordering = ["institution__sort_key", "pk"]
    autocomplete_fields = ["institution"]
    fields = ["institution", "group"]
    inlines = [UnitLine]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_at = timezone.now()
            obj.slug = free_slug(ContractingAuthority.objects, obj.institution.name, nothing="zamawiajacy")
        super().save_model(request, obj, form, change)

    @display(description="nazwa", ordering="institution__sort_key")
    def name(self, authority):
        return authority.institution.name

    @display(description="NIP")
    def nip(self, authority):
        return authority.institution.nip

    @display(description="miejscowość")
    def town(self, authority):
        return authority.institution.town


@admin.register(OrderingUnit)
class OrderingUnitAdmin(RegisterAdmin):
    list_display = ["name", "authority"]
    list_select_related = ["authority__institution"]
    search_fields = ["name", "authority__institution__name"]
    ordering = ["authority__institution__sort_key", "name", "pk"]
    autocomplete_fields = ["authority"]
    fields = ["authority", "name"]


@admin.register(OfficerRequest)
class OfficerRequestAdmin(RequestAdmin):
    decide = decide_office
    list_select_related = ["user"]
    search_fields = ["user__email", "user__full_name", "name", "nip"]
