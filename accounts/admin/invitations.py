"""Invitations: sent, sent again, withdrawn. Nobody sees their links."""

from django import forms
from django.contrib import admin, messages
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from accounts.admin.forms import InvitationForm
from accounts.models import Invitation
from accounts.use_cases.invitations import invite, send_again, withdraw
from core.exceptions import Refused
from core.refusals import RefusedSaves


@admin.register(Invitation)
class InvitationAdmin(RefusedSaves, ModelAdmin):
    list_display = ["email", "role", "for_whom", "state", "invited_at", "invited_by"]
    list_filter = ["role"]
    list_select_related = False
    search_fields = ["email"]
    ordering = ["-invited_at", "-pk"]
    show_full_result_count = False
    autocomplete_fields = ["organisation", "authority", "ordering_unit"]
    actions = ["send_again", "withdraw"]
    form = InvitationForm

    def get_queryset(self, request):
        return super().get_queryset(request).with_objects()

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is not None:  # only shown: there are no fields to prepare
            return super().get_form(request, obj, change=change, form=forms.ModelForm, **kwargs)
        form = super().get_form(request, obj, change=change, **kwargs)
        form.editor = request.user
        return form

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        sent = invite(
            email=obj.email,
            role=obj.role,
            organisation=obj.organisation_id,
            authority=obj.authority_id,
            ordering_unit=obj.ordering_unit_id,
            starts_on=obj.starts_on,
            ends_on=obj.ends_on,
            actor=request.user,
            now=timezone.now(),
        )
        obj.pk = sent.pk

    @action(description="Wyślij ponownie")
    def send_again(self, request, queryset):
        self._each(request, queryset, send_again, "Wysłano ponownie")

    @action(description="Wycofaj")
    def withdraw(self, request, queryset):
        self._each(request, queryset, withdraw, "Wycofano")

    def _each(self, request, queryset, use_case, done):
        count = 0
        for one in queryset:
            try:
                use_case(invitation_id=one.pk, actor=request.user, now=timezone.now())
                count += 1
            except Refused as refusal:
                messages.error(request, f"{one}: {refusal}")
        if count:
            messages.success(request, f"{done}: {count}.")

    @display(description="dla kogo")
    def for_whom(self, invitation):
        return invitation.object or "całe województwo"

    @display(description="stan")
    def state(self, invitation):
        if invitation.accepted_at:
            return "przyjęte"
        if invitation.withdrawn_at:
            return "wycofane"
        return "czeka" if invitation.is_open(timezone.now()) else "wygasło"
