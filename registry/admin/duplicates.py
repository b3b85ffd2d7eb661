"""The queue of likely duplicates: both sides beside each other, and two answers."""

from functools import partial, update_wrapper

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from unfold.decorators import display

from core.exceptions import Refused
from registry.admin.base import RegisterAdmin, tags
from registry.admin.cards.filters import StrictFilter
from registry.admin.cards.reading import search
from registry.admin.imports.words import Words
from registry.choices import DuplicateState
from registry.models import DuplicateCase, Organisation
from registry.use_cases.imports import duplicates
from registry.use_cases.imports.fields import labels

COLOURS = {DuplicateState.OPEN: "warn", DuplicateState.MERGED: "yes", DuplicateState.KEPT_APART: ""}


class StateFilter(StrictFilter):
    title, parameter_name, options = "stan", "stan", DuplicateState.choices

    def narrow(self, queryset, value):
        return queryset.filter(state=value)


@admin.register(DuplicateCase)
class DuplicateCaseAdmin(RegisterAdmin):
    list_display = ["first", "second", "why", "likeness", "state_word", "created_at"]
    list_filter = [StateFilter]
    list_select_related = [
        "organisation__institution",
        "organisation__unit",
        "other__institution",
        "other__unit",
        "row__run",
    ]
    search_fields = ["organisation"]
    search_help_text = "Nazwa, miejscowość albo NIP, REGON, KRS w dowolnym zapisie"
    ordering = ["state", F("similarity").desc(nulls_last=True), "pk"]

    def has_add_permission(self, request):
        return False

    def get_search_results(self, request, queryset, search_term):
        cards = search(Organisation.objects.all(), search_term).values("pk")
        return queryset.filter(Q(organisation__in=cards) | Q(other__in=cards)), False

    def get_urls(self):
        def wrap(view):
            return update_wrapper(self.admin_site.admin_view(partial(view, self)), view)

        return [
            path("<int:pk>/change/", wrap(_show), name="registry_duplicatecase_change"),
            path("", self.admin_site.admin_view(self.changelist_view), name="registry_duplicatecase_changelist"),
        ]

    @display(description="w rejestrze")
    def first(self, case):
        return case.organisation.party.name

    @display(description="druga strona")
    def second(self, case):
        return _other_name(case)

    @display(description="podobieństwo", ordering="similarity")
    def likeness(self, case):
        return "–" if case.similarity is None else f"{case.similarity:.0%}"

    @display(description="stan")
    def state_word(self, case):
        return tags([(COLOURS[case.state], case.get_state_display())])


def _other_name(case):
    if case.other_id:
        return case.other.party.name
    return case.row.cleaned.get("name", "wiersz bez nazwy") if case.row else "wiersz usuniętego importu"


def _show(model_admin, request, pk):
    """Both sides of one case; a decision leads to the next case that waits."""
    cases = DuplicateCase.objects.select_related(*DuplicateCaseAdmin.list_select_related, "decided_by")
    case = get_object_or_404(cases, pk=pk)
    if not model_admin.has_view_permission(request, case):
        raise PermissionDenied
    if request.method == "POST":
        if not model_admin.has_change_permission(request, case):
            raise PermissionDenied
        return _decide(request, case)
    waiting = duplicates.open_cases()
    context = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts,
        "title": "Czy to ten sam podmiot?",
        "case": case,
        "open": case.state == DuplicateState.OPEN,
        "may_change": model_admin.has_change_permission(request, case),
        "other_name": _other_name(case),
        "sides": _sides_in_words(case),
        "waiting": waiting.count(),
        "next": waiting.exclude(pk=case.pk).values_list("pk", flat=True).first(),
    }
    return TemplateResponse(request, "admin/registry/duplicate.html", context)


def _sides_in_words(case):
    """[(label, this card, the other side, differs)] with codes by their names."""
    names = {}
    for name, label in labels().items():
        names.setdefault(label, name)
    sides = [
        (label, names.get(label, label), mine, theirs, differs)
        for label, mine, theirs, differs in duplicates.sides(case)
    ]
    words = Words((name, value) for _, name, mine, theirs, _ in sides for value in (mine, theirs))
    return [
        (label, words.said(name, mine), words.said(name, theirs), differs)
        for label, name, mine, theirs, differs in sides
    ]


def _decide(request, case):
    try:
        if request.POST.get("decyzja") == "osobno":
            duplicates.keep_apart(case_id=case.pk, actor=request.user, now=timezone.now())
            messages.success(request, f"Zapisano: „{case.organisation}” i „{_other_name(case)}” to różne podmioty.")
        else:
            keep = request.POST.get("zostaje", "")
            card = duplicates.merge(
                case_id=case.pk, keep_id=int(keep) if keep.isdigit() else None, actor=request.user, now=timezone.now()
            )
            messages.success(request, f"Połączono; jest jedna karta: „{card}”.")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:registry_duplicatecase_change", args=[case.pk]))
    following = duplicates.open_cases().values_list("pk", flat=True).first()
    if following is None:
        messages.info(request, "To była ostatnia sprawa w kolejce.")
        return HttpResponseRedirect(reverse("admin:registry_duplicatecase_changelist"))
    return HttpResponseRedirect(reverse("admin:registry_duplicatecase_change", args=[following]))
