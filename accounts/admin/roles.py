"""Who holds which role: given and ended by use cases, never edited; and the table of what a role may do."""

from django.contrib import admin
from django.db.models import Q
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from accounts.admin.forms import EndGrantForm, GrantForm
from accounts.admin.role_table import role_table
from accounts.choices import Role
from accounts.models import RoleGrant
from accounts.use_cases.roles import end_grant, grant
from core.refusals import RefusedSaves

NOBODY_LEFT = "nikt"
VALID = (
    ("dzis", "ważne dzisiaj"),
    ("minelo", "zakończone"),
    ("bedzie", "od przyszłego dnia"),
    (NOBODY_LEFT, "nikt już nie ma tej roli"),
)


class RoleFilter(DropdownFilter):
    title, parameter_name = "rola", "rola"

    def lookups(self, request, model_admin):
        return Role.choices

    def queryset(self, request, queryset):
        return queryset.filter(role=self.value()) if self.value() else queryset


class ValidityFilter(DropdownFilter):
    title, parameter_name = "ważność", "waznosc"

    def lookups(self, request, model_admin):
        return VALID

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if not self.value():
            return queryset
        if self.value() == "dzis":
            return queryset.valid_on(today)
        if self.value() == NOBODY_LEFT:
            return queryset.filter(pk__in=RoleGrant.objects.last_of_nobody(today).values("pk"))
        return queryset.filter(Q(ends_on__lte=today) if self.value() == "minelo" else Q(starts_on__gt=today))


@admin.register(RoleGrant)
class RoleGrantAdmin(RefusedSaves, ModelAdmin):
    list_display = ["person", "role", "for_whom", "starts_on", "ends_on"]
    list_filter = [RoleFilter, ValidityFilter]
    list_filter_submit = True
    search_fields = [
        "user__email",
        "user__full_name",
        "organisation__institution__name",
        "organisation__unit__name",
        "authority__institution__name",
    ]
    ordering = ["user__email", "role", "-starts_on", "pk"]
    show_full_result_count = False
    list_per_page = 50
    autocomplete_fields = ["organisation", "authority", "ordering_unit"]
    given_fields = ["person", "role", "for_whom", "starts_on", "ends_on", "granted_at", "granted_by"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_objects()

    def get_urls(self):
        table = path("tabela/", self.admin_site.admin_view(self.show_table), name="accounts_role_table")
        return [table, *super().get_urls()]

    def show_table(self, request):
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": "Co wolno każdej roli",
            "roles": role_table(),
        }
        return TemplateResponse(request, "admin/accounts/role_table.html", context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs | {"form": EndGrantForm if obj else GrantForm})
        form.editor = request.user
        return form

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            fields = ["email", "role", "organisation", "authority", "ordering_unit", "starts_on", "ends_on"]
            return [(None, {"fields": fields})]
        given = (None, {"fields": self.given_fields})
        end = ("Zakończenie", {"fields": ["reason"], "description": "Zapisanie kończy tę rolę dzisiaj."})
        return [given, end] if self.has_change_permission(request, obj) else [given]

    def get_readonly_fields(self, request, obj=None):
        return self.given_fields if obj else []

    def has_change_permission(self, request, obj=None):
        over = obj is not None and obj.ends_on is not None and obj.ends_on <= timezone.localdate()
        return not over and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        now = timezone.now()
        if change:
            end_grant(grant_id=obj.pk, actor=request.user, reason=form.cleaned_data["reason"], now=now)
            return
        given = grant(
            user_id=obj.user_id,
            role=obj.role,
            organisation=obj.organisation_id,
            authority=obj.authority_id,
            ordering_unit=obj.ordering_unit_id,
            starts_on=obj.starts_on,
            ends_on=obj.ends_on,
            actor=request.user,
            now=now,
        )
        obj.pk = given.pk

    @display(description="osoba", ordering="user__email")
    def person(self, given):
        return f"{given.user.full_name}, {given.user.email}" if given.user.full_name else given.user.email

    @display(description="dla kogo")
    def for_whom(self, given):
        if given.ordering_unit:
            return f"{given.authority}: {given.ordering_unit}"
        return given.object or "całe województwo"
