"""Accounts, to see; what is done with them are steps, each with a reason (accounts.admin.steps)."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.admin.steps import steps_for
from accounts.factors import has_second_factor
from accounts.models import User
from accounts.use_cases.roles import in_words
from core.exceptions import Refused
from core.lookups import OnlyFiltersAsk
from core.templatetags.portal import date_words

# Roles are dated rows (accounts.RoleGrant), there are no groups. The library's tables hold secrets of people.
admin.site.unregister([Group, Authenticator, EmailAddress, UserSession])


@admin.register(User)
class AccountAdmin(OnlyFiltersAsk, ModelAdmin):
    list_display = ["email", "full_name", "roles", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["email", "full_name"]
    ordering = ["email", "pk"]
    show_full_result_count = False
    fields = ["email", "full_name", "is_active", "second_factor", "steps", "grants", "last_login", "created_at"]
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("grants")

    def get_urls(self):
        step = path("<int:pk>/krok/<str:name>/", self.admin_site.admin_view(self.take_step), name="accounts_user_step")
        return [step, *super().get_urls()]

    def get_fields(self, request, obj=None):
        if obj is not None:
            obj.offered_steps = steps_for(obj, request.user)
        return [name for name in self.fields if name != "steps" or (obj is not None and obj.offered_steps)]

    def has_add_permission(self, request):
        """People sign up or are invited: nobody knows the password of somebody else."""
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        """An account is switched off, not deleted: the history must be able to say who."""
        return False

    def take_step(self, request, pk, name):
        user = get_object_or_404(User, pk=pk)
        step = steps_for(user, request.user).get(name)
        if step is None:
            raise Http404
        form = step.form(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                step.use_case(user_id=pk, actor=request.user, now=timezone.now(), **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, step.done)
                return redirect("admin:accounts_user_change", pk)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": step.label,
            "step": step,
            "form": form,
            "person": user,
        }
        return TemplateResponse(request, "admin/accounts/step.html", context)

    @display(description="drugi składnik", boolean=True)
    def second_factor(self, user):
        return has_second_factor(user)

    @display(description="co można zrobić")
    def steps(self, user):
        lines = (
            (reverse("admin:accounts_user_step", args=[user.pk, name]), one.label)
            for name, one in user.offered_steps.items()
        )
        return format_html_join("", '<p><a href="{}">{}</a></p>', lines)

    @display(description="role")
    def roles(self, user):
        today = timezone.localdate()
        return ", ".join(sorted({one.get_role_display() for one in user.grants.all() if one.is_valid_on(today)}))

    @display(description="role")
    def grants(self, user):
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
