"""Who wants to act for an organisation: a queue for coordinators."""

from django.contrib import admin

from accounts.admin.requests import RequestAdmin
from registry.models import RepresentationRequest
from registry.use_cases.representation import decide_representation


@admin.register(RepresentationRequest)
class RepresentationRequestAdmin(RequestAdmin):
    decide = decide_representation
    list_select_related = ["user", "organisation__institution", "organisation__unit"]
    search_fields = ["user__email", "user__full_name", "organisation__institution__name", "organisation__unit__name"]
