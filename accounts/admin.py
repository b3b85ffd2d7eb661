"""Accounts and roles: for administrators."""

from collections import defaultdict

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.utils.html import format_html_join
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm

from accounts.forms import AccountAddForm, AccountChangeForm
from accounts.models import User
from accounts.permissions import Role

admin.site.unregister(Group)

ACTIONS = {"view": "przegląd", "add": "dodawanie", "change": "zmiany", "delete": "usuwanie"}


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


@admin.register(Group)
class RoleAdmin(ModelAdmin):
    """What each role may do, to read: the table itself is in accounts.permissions and comes with the program."""

    list_display = ["label", "people"]
    ordering = ["name"]
    fields = ["name", "may"]
    readonly_fields = ["name", "may"]
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).filter(name__in=Role.values).prefetch_related("user_set")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @display(description="rola", ordering="name")
    def label(self, group):
        return Role(group.name).label

    @display(description="konta")
    def people(self, group):
        return len(group.user_set.all())

    @display(description="może w panelu")
    def may(self, group):
        done = defaultdict(list)
        for permission in group.permissions.select_related("content_type").order_by("content_type", "codename"):
            action = permission.codename.partition("_")[0]
            done[permission.content_type.name].append(ACTIONS.get(action, action))
        lines = [(name, ", ".join(actions)) for name, actions in sorted(done.items())]
        return format_html_join("", "<p>{}: {}</p>", lines) or "nic: ta rola działa poza panelem"
