"""What lists of dated rules have in common: what nobody has checked is marked; a change of the law is one step."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.decorators import action, display

from core.exceptions import Refused
from core.refusals import refusal_words
from procurement.models import ClauseGroup, ClauseKind, Mode, OfferPeriod, Rule
from procurement.use_cases.rules import succeed
from registry.admin import dashboard
from registry.admin.base import RegisterAdmin, tags
from registry.admin.cards.filters import StrictFilter

MODELS = (Rule, Mode, OfferPeriod, ClauseKind, ClauseGroup)


class CheckedFilter(StrictFilter):
    title, parameter_name = "sprawdzenie", "sprawdzenie"
    options = [("nie", "do sprawdzenia"), ("tak", "sprawdzone")]

    def narrow(self, queryset, value):
        return queryset.filter(is_checked=value == "tak")


class InForceFilter(StrictFilter):
    title, parameter_name = "kiedy", "kiedy"
    options = [("dzis", "obowiązuje dziś"), ("kiedys", "już nie obowiązuje"), ("bedzie", "jeszcze nie obowiązuje")]

    def narrow(self, queryset, value):
        today = timezone.localdate()
        if value == "dzis":
            return queryset.on(today)
        return queryset.filter(Q(valid_until__lte=today) if value == "kiedys" else Q(valid_from__gt=today))


class DatedAdmin(RegisterAdmin):
    """`successor_fields` are what a change of the law may change; what a row is about stays."""

    list_filter = [CheckedFilter, InForceFilter]
    actions = ["mark_checked"]
    readonly_fields = ["next_row"]
    successor_fields = ()

    def get_urls(self):
        step = path(
            "<int:pk>/nastepny/", self.admin_site.admin_view(self.successor), name=_name(self.model, "successor")
        )
        return [step, *super().get_urls()]

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        may_change = obj is not None and self.has_change_permission(request, obj)
        return [name for name in fields if name != "next_row" or may_change]

    @display(description="stan")
    def checked(self, row):
        return tags([("yes", "sprawdzone") if row.is_checked else ("warn", "do sprawdzenia")])

    @display(description="obowiązuje", ordering="valid_from")
    def in_force(self, row):
        until = f" do {row.valid_until:%d.%m.%Y} (bez tego dnia)" if row.valid_until else ""
        return f"od {row.valid_from:%d.%m.%Y}{until}"

    @display(description="gdy zmienia się prawo")
    def next_row(self, row):
        address = reverse(f"admin:{_name(self.model, 'successor')}", args=[row.pk])
        return format_html('<a href="{}">Zakończ ten wiersz i zacznij następny</a>', address)

    @action(description="Oznacz jako sprawdzone", permissions=["change"])
    def mark_checked(self, request, queryset):
        changed = queryset.filter(is_checked=False).update(is_checked=True)
        messages.success(request, f"Oznaczono jako sprawdzone: {changed}.")

    def successor(self, request, pk):
        """Ask from which day and with what the next row begins."""
        row = self.model.objects.filter(pk=pk).first()
        if row is None:
            raise Http404
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        form = self._successor_form(request, row)
        if request.method == "POST" and form.is_valid():
            try:
                new = succeed(
                    model=self.model,
                    row_id=pk,
                    valid_from=form.cleaned_data["valid_from"],
                    changes={name: form.cleaned_data[name] for name in self.successor_fields},
                )
            except Refused as refusal:
                form.add_error(refusal.field, str(refusal))
            except IntegrityError as error:
                form.add_error(None, refusal_words(error))
            else:
                messages.success(request, "Poprzedni wiersz jest zakończony, następny zapisany.")
                return redirect(f"admin:{_name(self.model, 'change')}", new.pk)
        context = self.admin_site.each_context(request) | {
            "title": "Następny wiersz",
            "row": row,
            "form": form,
            "back": reverse(f"admin:{_name(self.model, 'change')}", args=[pk]),
        }
        return render(request, "admin/procurement/successor.html", context, status=422 if form.errors else 200)

    def _successor_form(self, request, row):
        """A form of the model that leaves overlaps to the use case: the row it replaces is still open."""
        of_model = self.get_form(request, row, change=False, fields=["valid_from", *self.successor_fields])
        known = {name: getattr(row, name) for name in self.successor_fields}
        form = of_model(request.POST or None, initial=known | {"is_checked": False})
        form.validate_constraints = lambda: None
        return form


def _name(model, page):
    return f"procurement_{model._meta.model_name}_{page}"


def _line_of(model):
    return {
        "label": f"{model._meta.verbose_name_plural.capitalize()}: do sprawdzenia",
        "note": "Nikt nie porównał ich jeszcze z przepisem. Doradca mówi o tym każdemu.",
        "permission": f"procurement.view_{model._meta.model_name}",
        "app": "procurement",
        "list": model._meta.model_name,
        "query": "?sprawdzenie=nie",
        "count": model.objects.filter(is_checked=False).count,
    }


dashboard.LINES.extend(map(_line_of, MODELS))
