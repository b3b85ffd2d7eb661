"""The outbox, to read: what was told to whom, what did not arrive, what is to be sent once more."""

from csp.decorators import csp_update
from django.contrib import admin, messages
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html, linebreaks
from django.utils.safestring import mark_safe
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import action, display

from core.exceptions import Refused
from core.lookups import OnlyFiltersAsk
from notifications import delivery, letters, rendering
from notifications.choices import LetterState
from notifications.framing import FRAMES, framed
from notifications.models import OutgoingEmail

COLOURS = {LetterState.SENT: "yes", LetterState.GIVEN_UP: "no", LetterState.BOUNCED: "no"}


class StateFilter(DropdownFilter):
    title, parameter_name = "stan", "stan"

    def lookups(self, request, model_admin):
        return LetterState.choices

    def queryset(self, request, queryset):
        return queryset.in_state(self.value()) if self.value() else queryset


@admin.register(OutgoingEmail)
class OutgoingEmailAdmin(OnlyFiltersAsk, ModelAdmin):
    list_display = ["subject", "to", "kind", "state", "created_at", "sent_at"]
    list_filter = [StateFilter]
    list_filter_submit = True
    search_fields = ["to", "subject"]
    ordering = ["-pk"]
    show_full_result_count = False
    list_per_page = 50
    actions = ["send_again"]
    fields = ["to", "kind", "state", "subject", "text", "created_at", "due_at", "sent_at", "failed_at", "last_error"]
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        """A letter is read as it was; the list has an action for those who may change something."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("wzory/", wrap(self.show_letters), name="notifications_letters"),
            path("wzory/<path:template>/", wrap(self.show_example), name="notifications_example"),
            *super().get_urls(),
        ]

    @action(description="Wyślij jeszcze raz", permissions=["change"])
    def send_again(self, request, queryset):
        sent = 0
        for email in queryset:
            try:
                delivery.give_another_chance(email_id=email.pk, now=timezone.now())
            except Refused as refusal:
                messages.warning(request, f"„{email.subject}”, {email.to}: {refusal}")
            else:
                sent += 1
        if sent:
            messages.success(request, f"Do wysłania w ciągu minuty: {sent}.")

    @display(description="rodzaj")
    def kind(self, email):
        return letters.label_of(email.template)

    @display(description="stan")
    def state(self, email):
        return format_html('<span class="tag {}">{}</span>', COLOURS.get(email.state, ""), email.state.label)

    @display(description="treść")
    def text(self, email):
        return mark_safe(linebreaks(rendering.masked(email.body, email.secrets), autoescape=True))  # noqa: S308

    @method_decorator(csp_update(FRAMES))
    def show_letters(self, request):
        """Every kind of letter with invented values, as it would arrive."""
        self._let_in(request)
        shown = [(letter, *rendering.example(letter)) for letter in letters.all_letters()]
        context = self.admin_site.each_context(request) | {"title": "Wzory listów", "letters": shown}
        return TemplateResponse(request, "admin/notifications/letters.html", context)

    def show_example(self, request, template):
        self._let_in(request)
        try:
            letter = letters.find(template)
        except LookupError as error:
            raise Http404 from error
        subject, body = rendering.example(letter)
        return framed(rendering.as_html(subject, body, duty=letter.duty))

    def _let_in(self, request):
        if not self.has_view_permission(request):
            raise Http404
