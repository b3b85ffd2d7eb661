"""The page of a card beside its form: another address, a longer term of a unit, the end of its work and its return."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold import widgets
from unfold.decorators import display

from core.exceptions import Refused
from core.http import accepts
from core.templatetags.portal import date_words
from registry.models import Organisation
from registry.use_cases import closing, renaming, unit_terms
from registry.use_cases.slugs import free_slug

NAME = "registry_organisation_life"


class AddressForm(forms.Form):
    slug = forms.CharField(
        label="Adres karty",
        max_length=100,
        widget=widgets.UnfoldAdminTextInputWidget,
        help_text="Małe litery bez ogonków, cyfry i myślniki. Dawny adres zawsze będzie prowadził do nowego.",
        error_messages={"required": "Podaj adres."},
    )


class TermForm(forms.Form):
    until = forms.DateField(
        label="Status ważny do",
        required=False,
        widget=widgets.UnfoldAdminTextInputWidget(attrs={"type": "date"}),
        help_text="Z nowej decyzji. Dla CIS można zostawić puste: program doda okres ze słownika terminów.",
        error_messages={"invalid": "Podaj dzień jako rok-miesiąc-dzień."},
    )


class EndForm(forms.Form):
    on = forms.DateField(
        label="Zakończył działalność dnia",
        widget=widgets.UnfoldAdminTextInputWidget(attrs={"type": "date"}),
        error_messages={"required": "Podaj dzień.", "invalid": "Podaj dzień jako rok-miesiąc-dzień."},
    )
    reason = forms.CharField(
        label="Skąd to wiadomo",
        max_length=300,
        widget=widgets.UnfoldAdminTextInputWidget,
        help_text="Na przykład: wykreślenie z KRS, uchwała o likwidacji, telefon prezesa. Te słowa widać na karcie.",
        error_messages={"required": "Napisz, skąd to wiadomo."},
    )


class LifePages:
    """Mixed into the admin of cards."""

    def get_urls(self):
        return [
            path("<int:pk>/adres-i-koniec/", self.admin_site.admin_view(life(self)), name=NAME),
            *super().get_urls(),
        ]

    @display(description="adres i koniec działalności")
    def address_and_end(self, card):
        old = ", ".join(f"/katalog/{one}/" for one in former(card))
        words = f"Dawne adresy: {old}." if old else "Karta nie miała innego adresu."
        address = reverse(f"admin:{NAME}", args=[card.pk])
        extend = ", przedłuż status jednostki" if card.unit_id else ""
        return format_html('{} <a href="{}">Zmień adres{} albo zapisz koniec działalności</a>', words, address, extend)


def former(card):
    return list(card.former_slugs.order_by("-replaced_at", "-pk").values_list("slug", flat=True))


def life(model_admin):
    @accepts("GET", "HEAD", "POST")
    def view(request, pk):
        card = Organisation.objects.living().with_party().select_related("closing").filter(pk=pk).first()
        if card is None or not model_admin.has_change_permission(request, card):
            raise Http404
        step = request.POST.get("krok", "") if request.method == "POST" else ""
        closed = getattr(card, "closing", None)
        known = {"on": closed.ended_on, "reason": closed.reason} if closed else {}
        address = AddressForm(request.POST if step == "adres" else None, initial={"slug": card.slug})
        end = EndForm(request.POST if step == "koniec" else None, initial=known)
        term = TermForm(request.POST if step == "okres" else None) if card.unit_id else None
        steps = {"adres": (address, _rename), "koniec": (end, _close), "powrot": (None, _reopen)}
        if term:
            steps["okres"] = (term, _extend)
        form, act = steps.get(step, (None, None))
        faulty = form is not None and not form.is_valid()
        if act and not faulty:
            try:
                words = act(card, form, request.user)
            except Refused as refusal:
                if form is None:
                    messages.warning(request, str(refusal))
                else:
                    form.add_error(refusal.field, str(refusal))
                    faulty = True
            else:
                messages.success(request, words)
                return redirect(f"admin:{NAME}", card.pk)
        context = model_admin.admin_site.each_context(request) | {
            "title": f"Adres i koniec działalności: {card}",
            "card": card,
            "closed": closed,
            "address": address,
            "end": end,
            "term": term,
            "former": former(card),
            "suggested": _suggested(card),
            "back": reverse("admin:registry_organisation_change", args=[card.pk]),
        }
        return render(request, "admin/registry/life.html", context, status=422 if faulty else 200)

    return view


def _suggested(card):
    """An address made of today's name; nothing when the present one is made of it."""
    made = free_slug(card.party.name)
    return "" if made.startswith(card.slug) else made


def _rename(card, form, actor):
    renaming.rename(organisation_id=card.pk, slug=form.cleaned_data["slug"], actor=actor, now=timezone.now())
    return "Karta ma nowy adres. Dawny do niego prowadzi."


def _extend(card, form, actor):
    until = form.cleaned_data["until"]
    unit = unit_terms.extend_unit(unit_id=card.unit_id, until=until, actor=actor, now=timezone.now())
    return f"Status jednostki jest ważny do {date_words(unit.expires_on)}."


def _close(card, form, actor):
    given = form.cleaned_data
    closing.close(organisation_id=card.pk, on=given["on"], reason=given["reason"], actor=actor, now=timezone.now())
    return "Zapisano. Karta mówi, że podmiot zakończył działalność, i nie stoi już na listach."


def _reopen(card, form, actor):
    closing.reopen(organisation_id=card.pk, actor=actor, now=timezone.now())
    return "Podmiot znów działa."
