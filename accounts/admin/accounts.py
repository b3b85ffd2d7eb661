"""Accounts: for administrators."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm

from accounts.forms import AccountAddForm, AccountChangeForm
from accounts.models import User
from accounts.use_cases.roles import in_words
from core.templatetags.portal import date_words

# Roles are dated rows (accounts.RoleGrant), there are no groups. The library's tables hold secrets of people.
admin.site.unregister([Group, Authenticator, EmailAddress, UserSession])


@admin.register(User)
class AccountAdmin(UserAdmin, ModelAdmin):
    form = AccountChangeForm
    add_form = AccountAddForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["email", "full_name", "roles", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["email", "full_name"]
    ordering = ["email", "pk"]
    show_full_result_count = False
    filter_horizontal = []
    readonly_fields = ["grants", "last_login", "created_at"]
    fieldsets = [
        (None, {"fields": ["email", "full_name", "password"]}),
        ("Role", {"fields": ["grants", "is_active"]}),
        ("Daty", {"fields": ["last_login", "created_at"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "full_name", "usable_password", "password1", "password2"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("grants")

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.editor = request.user
        return form

    def has_delete_permission(self, request, obj=None):
        """An account is switched off, not deleted: the history must be able to say who."""
        return False

    @display(description="role")
    def roles(self, user):
        today = timezone.localdate()
        return ", ".join(sorted({one.get_role_display() for one in user.grants.all() if one.is_valid_on(today)}))

    @display(description="role")
    def grants(self, user):
        if user.pk is None:
            return ""
        rows = user.grants.with_objects().order_by("-starts_on", "pk")
        return (
            format_html_join(
                "",
                '<p><a href="{}">{}</a>, od {}{}</p>',
                (
                    (
                        reverse("admin:accounts_rolegrant_change", args=[one.pk]),
                        in_words(one),
                        date_words(one.starts_on),
                        f" do {date_words(one.ends_on)}" if one.ends_on else "",
                    )
                    for one in rows
                ),
            )
            or "brak"
        )
