"""Pages of coordinators: the freshness board and the call list."""

import csv
import io
from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from core.exceptions import Refused
from core.http import accepts, paginate
from core.link_pages import sent
from registry.cards import reading
from registry.cards.organisations import Card
from registry.confirming import board as boards
from registry.confirming import call_list as calls
from registry.confirming.forms import CallFilterForm, CallForm
from registry.exports.formats import FORMATS
from registry.exports.xlsx import workbook
from registry.models import FreshnessRule, Organisation
from registry.spreadsheets import harmless
from registry.use_cases.confirming.calling import note_call

FILTERS = ("powiat", "rodzaj", "opiekun", "powod")


def for_coordinators(view):
    """Whoever may write down calls; for others there is nothing here."""

    @login_required
    @never_cache
    @wraps(view)
    def inner(request, *args, **kwargs):
        if not request.user.has_perm("registry.add_callattempt"):
            raise Http404
        return view(request, *args, **kwargs)

    return inner


@for_coordinators
def freshness_board(request):
    today = timezone.localdate()
    rule = FreshnessRule.objects.on(today)
    lines, total = boards.board(rule, today)
    context = {
        "sections": [(title, lines[dimension]) for dimension, title in boards.SECTIONS.items()],
        "columns": [label for _, label, _ in boards.COLUMNS],
        "total": total,
        "rule": rule,
        "next_rule": FreshnessRule.objects.filter(valid_from__gt=today).order_by("valid_from").first(),
        "today": today,
    }
    return render(request, "registry/freshness/board.html", context)


@for_coordinators
def freshness_export(request, extension):
    if extension not in ("csv", "xlsx"):
        raise Http404
    today = timezone.localdate()
    rows = boards.table(*boards.board(FreshnessRule.objects.on(today), today))
    rows = [[harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    if extension == "csv":
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        body = text.getvalue().encode()
    else:
        body = b"".join(workbook(rows, title="Świeżość danych"))
    response = HttpResponse(body, content_type=FORMATS[extension][1])
    response["Content-Disposition"] = f'attachment; filename="swiezosc-{today}.{extension}"'
    return response


@for_coordinators
def call_list(request):
    now, today = timezone.now(), timezone.localdate()
    rule = FreshnessRule.objects.on(today)
    names = boards.names()
    centres = Organisation.objects.published().exclude(support_centre="").values_list("support_centre", flat=True)
    form = CallFilterForm(
        request.GET,
        counties=names["powiat"].items(),
        kinds=names["rodzaj"].items(),
        centres=centres.distinct().order_by("support_centre"),
    )
    is_valid = form.is_valid()
    asked = {name: form.cleaned_data[name] for name in FILTERS} if is_valid else {}
    lines, count = [], 0
    if is_valid:
        number = _page_number(request)
        lines, count = calls.to_call(rule, now, today, filters=asked, page=number)
        if not lines and number > 1:  # past the end: the last page, as everywhere
            _, count = calls.to_call(rule, now, today, filters=asked)
            number = max(1, -(-count // calls.PER_PAGE))
            lines, count = calls.to_call(rule, now, today, filters=asked, page=number)
    for line in lines:
        line["kind_words"] = names["rodzaj"].get(line["kind"], "")
        line["county_words"] = names["powiat"].get(line["county"], "powiat nieznany")
    context = {
        "form": form,
        "lines": lines,
        "page": paginate(request, range(count), calls.PER_PAGE),
        "kept": f"?{urlencode({name: value for name, value in asked.items() if value})}",
        "is_narrowed": any(asked.values()),
    }
    return render(request, "registry/freshness/call_list.html", context, status=200 if is_valid else 422)


@accepts("GET", "HEAD", "POST")
@for_coordinators
def call(request, pk):
    """One card to ring: whom, why, earlier tries, and what came of this one."""
    organisation = get_object_or_404(Organisation.objects.published().with_party(), pk=pk)
    form = CallForm(sent(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            note_call(organisation_id=pk, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, f"Zapisano rozmowę: {organisation}.")
            return redirect(_back(request))
    today = timezone.localdate()
    rule = FreshnessRule.objects.on(today)
    lines, _ = calls.to_call(rule, timezone.now(), today, filters={"karta": pk})
    context = {
        "organisation": organisation,
        "card": Card(reading.organisation_by_slug(organisation.slug), today=today),
        "line": lines[0] if lines else None,
        "tries": calls.tries_of([pk]).get(pk, []),
        "form": form,
        "back": _back(request),
    }
    return render(request, "registry/freshness/call.html", context, status=422 if form.errors else 200)


def _back(request):
    """The list with the filters from which somebody came."""
    kept = {name: value for name in FILTERS if (value := request.GET.get(name, ""))}
    return reverse("registry:call_list") + (f"?{urlencode(kept)}" if kept else "")


def _page_number(request):
    text = request.GET.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1
