"""Remarks as one types: what the checks would say of a step as it stands on the screen. Nothing of it is saved."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from procurement.notices import steps
from procurement.rules import clause_checks
from procurement.rules.checking import check_notice
from procurement.rules.checks import checks_of
from procurement.rules.facts import facts_of_notice


def is_asked(request):
    return bool(request.htmx) and "sprawdz" in request.POST


def of_step(request, notice, form):
    """Of the fields that could be read; the rest of the notice is as it was saved."""
    form.is_valid()
    for name, value in form.values.items():
        setattr(notice, name, value)
    checks = check_notice(notice, now=timezone.now())
    return _answer(request, [check for check in checks if steps.step_of_field(check.field) == form.step])


def of_clause(request, notice, clause, form):
    form.is_valid()
    for name, value in form.values.items():
        setattr(clause, name, value)
    facts = replace(facts_of_notice(notice, now=timezone.now()), clauses=[clause])
    return _answer(request, checks_of(facts, [clause_checks.clauses]))


def remarks(checks):
    """What the part of the page needs: the remarks, and by what it knows that they are still the same."""
    return {"step_checks": checks, "checks_digest": steps.digest([check.sentence for check in checks])}


def _answer(request, checks):
    found = remarks(checks)
    if request.POST.get("uwagi") == found["checks_digest"]:
        # Nothing to draw anew, and nothing to be said aloud.
        return HttpResponse(status=204)
    return render(request, "procurement/notices/_remarks.html", found)
