"""Kto to zrobi: suppliers for an order, as a page and as JSON."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone

from core.navigation import has_session
from procurement.matching import own_list
from procurement.matching.asked import ARTICLES, asked
from procurement.matching.found import GROUNDS, who_can
from procurement.matching.rows import as_json, rows_of
from registry.versions import versioned


@versioned
def who_can_page(request):
    """The form and, once something is asked, who can do it. Three queries for a visitor."""
    question = asked(request.GET)
    rows, total, by_ground = found_for(question)
    context = {
        "asked": question,
        "rows": rows,
        "total": total,
        "counties": [(code, question.labels.county_words(code)) for code in question.labels.county],
        "articles": ARTICLES.items(),
        "grounds": [(code, label, by_ground.get(code, 0)) for code, label in GROUNDS.items()],
        "query": request.GET.urlencode(),
        "codes": _codes(question, request),
        "listed": own_list.ids(request) if has_session(request) else set(),
        "kept": own_list.summary(request) if has_session(request) else None,
    }
    return render(request, "procurement/matching/who_can.html", context)


@versioned
def who_can_json(request):
    """The same as an array; 400 and why for what cannot be asked."""
    question = asked(request.GET)
    if question.errors:
        return JsonResponse({"errors": question.errors}, status=400, json_dumps_params={"ensure_ascii": False})
    rows, _, _ = found_for(question)
    found = [as_json(row, absolute=request.build_absolute_uri) for row in rows]
    return JsonResponse(found, safe=False, json_dumps_params={"ensure_ascii": False})


def _codes(question, request):
    """What stands in the fields for codes: those that are known in full, the others as they were typed."""
    if "cpv" in question.errors:
        return [text for text in request.GET.getlist("cpv") if text.strip()][:20] or [""]
    return [question.labels.cpv[code] for code in question.cpv] or [""]


def found_for(question):
    """(rows to show, how many there are, {ground: how many}); nothing for a question with an error."""
    if question.errors or not question.is_question:
        return [], 0, {}
    need = question.need
    matches = who_can(need, today=timezone.localdate())
    by_ground = {}
    for match in matches:
        by_ground[match.candidate.ground] = by_ground.get(match.candidate.ground, 0) + 1
    if question.ground:
        matches = [match for match in matches if match.candidate.ground == question.ground]
    rows = rows_of(need, matches[: question.top], labels=question.labels)
    return rows, len(matches), by_ground
