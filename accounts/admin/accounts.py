"""Accounts: for administrators."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm

from accounts.forms import AccountAddForm, AccountChangeForm
from accounts.models import User
from accounts.permissions import Role


@admin.register(User)
class AccountAdmin(UserAdmin, ModelAdmin):
    form = AccountChangeForm
    add_form = AccountAddForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["email", "full_name", "roles", "is_active", "is_staff", "last_login"]
    list_filter = ["groups", "is_active", "is_staff"]
    search_fields = ["email", "full_name"]
    ordering = ["email", "pk"]
    show_full_result_count = False
    filter_horizontal = []
    readonly_fields = ["last_login", "created_at"]
    fieldsets = [
        (None, {"fields": ["email", "full_name", "password"]}),
        ("Role", {"fields": ["groups", "is_staff", "is_active"]}),
        ("Daty", {"fields": ["last_login", "created_at"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "full_name", "usable_password", "password1", "password2"]}),
        ("Role", {"fields": ["groups", "is_staff"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.editor = request.user
        return form

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["queryset"] = Group.objects.filter(name__in=Role.values)
            kwargs.setdefault("help_text", "Role decydują o uprawnieniach. Przytrzymaj Ctrl, aby wybrać kilka.")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_delete_permission(self, request, obj=None):
        """An account is switched off, not deleted: the history must be able to say who."""
        return False

    @display(description="role")
    def roles(self, user):
        return ", ".join(sorted(Role(group.name).label for group in user.groups.all() if group.name in Role.values))
