"""The clauses of a notice: a list, and one page for the data of each."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from procurement.choices import NoticeState
from procurement.forms.notices import ClauseForm
from procurement.forms.steps import ReasonForm
from procurement.models import Clause, ClauseKind
from procurement.notices import steps
from procurement.notices.page import clause_texts
from procurement.rules.facts import day_of
from procurement.use_cases.notices import saving
from procurement.use_cases.notices.changing import Changed
from procurement.views.notices import typed
from procurement.views.notices.doors import with_notice
from procurement.views.notices.frame import frame


def clause_list(request, notice):
    clauses = list(notice.clauses.select_related("kind"))
    context = frame(notice, steps.CLAUSES) | {
        "clauses": list(zip(clauses, clause_texts(clauses), strict=True)),
        "kinds": ClauseKind.objects.on(day_of(notice, timezone.now())).order_by("position", "code"),
    }
    return render(request, "procurement/notices/clauses.html", context)


@accepts("GET", "HEAD", "POST")
@with_notice()
def new_clause(request, notice, code):
    kind = ClauseKind.objects.on(day_of(notice, timezone.now())).filter(code=code).first()
    if kind is None:
        raise Http404
    return _clause(request, notice, kind, None)


@accepts("GET", "HEAD", "POST")
@with_notice()
def clause(request, notice, clause_id):
    found = notice.clauses.select_related("kind").filter(pk=clause_id).first()
    if found is None:
        messages.info(request, "Tej klauzuli już nie ma.")
        return redirect("procurement:notice_step", notice.pk, steps.CLAUSES)
    return _clause(request, notice, found.kind, found)


def _clause(request, notice, kind, found):
    values = steps.clause_values(found) if found else {}
    shown = steps.digest(values)
    data = request.POST if request.method == "POST" else None
    form = ClauseForm(data, kind=kind, initial=values)
    if typed.is_asked(request):
        return typed.of_clause(request, notice, found or Clause(notice=notice, kind=kind), form)
    why = ReasonForm(data) if notice.state in NoticeState.public() else None
    page = {"form": form, "why": why, "kind": kind, "clause": found, "shown": shown}
    if data is None:
        return _page(request, notice, page)
    page["shown"] = data.get("shown", "")
    if not form.is_valid() or (why is not None and not why.is_valid()):
        return _page(request, notice, page, status=422)
    given = {"notice_id": notice.pk, "reason": why.cleaned_data["reason"] if why else "", "actor": request.user}
    try:
        if "usun" in data and found:
            saving.drop_clause(clause_id=found.pk, now=timezone.now(), **given)
        else:
            saving.save_clause(
                clause_id=found.pk if found else None, kind_id=kind.pk, values=form.values, shown=page["shown"],
                now=timezone.now(), **given,
            )  # fmt: skip
    except Changed as changed:
        return _page(request, notice, page | {"shown": shown, "changed": changed.saved}, status=409)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, notice, page, status=422)
    if why:
        messages.success(request, "Sprostowanie jest ogłoszone.")
    return redirect("procurement:notice_step", notice.pk, steps.CLAUSES)


def _page(request, notice, context, *, status=200):
    context |= frame(notice, steps.CLAUSES)
    # Remarks of this clause; of a new one there is nothing to say yet.
    of_this = f"clause-{context['clause'].pk}-" if context["clause"] else None
    context |= typed.remarks(
        [check for check in context["step_checks"] if of_this and check.field.startswith(of_this)]
    )
    return render(request, "procurement/notices/clause.html", context, status=status)
