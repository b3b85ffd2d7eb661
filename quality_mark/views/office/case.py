"""One case: what was sent, who handles it, what happened, and the steps that are possible now."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from quality_mark.applying import words
from quality_mark.applying.changed import changed_since
from quality_mark.applying.content import differences
from quality_mark.applying.independence import with_remarks
from quality_mark.calendar import last_day
from quality_mark.choices import RECOMMENDED, Actor, ApplicationState
from quality_mark.forms.office import ReasonForm
from quality_mark.office.buttons import buttons
from quality_mark.office.clock import clock_of, silence_words
from quality_mark.use_cases import calling, checking, overdue, taking_back
from quality_mark.views.office.doors import for_case
from quality_mark.workflow import applications

LABELS = {move.name: move.label for move in applications}


def frame(request, case, now):
    """What every page of a case shows at its head."""
    return {
        "case": case,
        "organisation": case.applicant.get("name") or str(case.offer.organisation),
        "last_day": last_day(case.due_at) if case.due_at else None,
        "is_late": bool(case.due_at and case.due_at <= now),
        "clock": clock_of(case, now=now),
        "silence": silence_words(case.rulebook),
        "changed": changed_since(case),
        "is_mine": case.handled_by_id == request.user.pk,
        "may_take_over": case.state in checking.HANDLED and case.handled_by_id != request.user.pk,
    }


def case_page(request, case):
    now = timezone.now()
    context = frame(request, case, now) | {
        "sections": words.written(case),
        "differences": differences(case),
        "applicant": words.applicant(case),
        "papers": _papers(case),
        "office_papers": case.papers.filter(removed_at=None, is_of_office=True),
        "recommendations": list(case.recommendations.select_related("paper")),
    }
    if not case.is_own:
        with_remarks(case, context["recommendations"])
        context |= {
            "buttons": buttons(case, now=now),
            "log": [(one, LABELS[one.name]) for one in case.steps.select_related("actor", "paper").order_by("-pk")],
            "complaints": case.complaints.all(),
            "messages_count": case.messages.count(),
        }
    return render(request, "quality_mark/office/case.html", context)


def _papers(case):
    """What the applicant has sent; recommendations stand apart."""
    sent = case.papers.filter(removed_at=None, is_of_office=False).exclude(code=RECOMMENDED)
    return words.with_titles(case, sent)


case_page.is_open_to_own = True
case_page = for_case(case_page)


@accepts("POST")
@for_case
def take(request, case):
    return _pressed(request, case, checking.take, "Prowadzisz tę sprawę.")


@accepts("POST")
@for_case
def take_over(request, case):
    seen = request.POST.get("prowadzi", "")
    seen = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 18 else None
    return _pressed(request, case, checking.take_over, "Prowadzisz tę sprawę.", seen_handler=seen)


def _pressed(request, case, verb, done, **given):
    if request.method != "POST":
        raise Http404
    try:
        verb(application_id=case.pk, actor=request.user, now=timezone.now(), **given)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("quality_mark:case", case.pk)


def _undo(step):
    return lambda reason, **given: checking.undo(step=step, reason=reason, **given)


def _back(step):
    return lambda reason, **given: taking_back.take_back(step=step, reason=reason, **given)


# Steps that are asked about on a page of their own: what is done, what is told beforehand, whether a reason is needed.
STEPS = {
    "pass": (
        lambda reason, **given: checking.pass_on(**given),
        "Wniosek jest kompletny i spełnia wszystkie kryteria formalne. Od tej chwili biegnie czas na rozpatrzenie.",
        False,
    ),
    "leave": (
        lambda reason, **given: overdue.leave(note=reason, **given),
        "Wnioskodawca dostanie list i pismo. Portal robi to sam po upływie terminu.",
        True,
    ),
    "untake": (_undo("untake"), "Sprawa wróci do złożonych i nikt nie będzie jej prowadzić.", True),
    "unpass": (_undo("unpass"), "Sprawa wróci do oceny formalnej, a czas na rozpatrzenie przestanie biec.", True),
    "unassign": (
        _back("unassign"),
        "Sprawa wróci do przydziału, a oceniający przestaną ją widzieć. Można, dopóki nikt nie wysłał oceny.",
        True,
    ),
    "unput": (
        _back("unput"),
        "Sprawa wróci do oceny merytorycznej i zniknie z porządku obrad. Można, dopóki nie otwarto głosowania.",
        True,
    ),
    "unshorten": (
        _back("unshorten"),
        "Sprawa wróci do biura i zniknie z porządku obrad. Można, dopóki nie otwarto głosowania.",
        True,
    ),
    "uncall": (
        lambda reason, **given: calling.uncall(reason=reason, **given),
        "Wezwanie przestanie obowiązywać. Wnioskodawca dostanie list z powodem.",
        True,
    ),
    "fail": (
        lambda reason, **given: checking.propose_failure(reason=reason, **given),
        "Odmowę rozstrzyga dyrektor: dostanie list z tym uzasadnieniem. Stan sprawy się nie zmienia.",
        True,
    ),
}


@accepts("GET", "HEAD", "POST")
@for_case
def step(request, case, step):
    if step not in STEPS:
        raise Http404
    verb, told, asks_why = STEPS[step]
    now = timezone.now()
    role = Actor.DIRECTOR if step == "fail" else Actor.CLERK
    possible = {move.name for move in applications.available(state=case.state, actor=role)}
    form, refusal = ReasonForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and (not asks_why or form.is_valid()):
        reason = form.cleaned_data["reason"] if asks_why else ""
        try:
            verb(reason, application_id=case.pk, actor=request.user, now=now)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "Zapisano.")
            return redirect("quality_mark:case", case.pk)
    elif request.method != "POST" and step not in possible:
        messages.info(request, "Tego kroku nie można teraz zrobić.")
        return redirect("quality_mark:case", case.pk)
    lacking = checking.lacking_to_pass(case) if step == "pass" and case.state == ApplicationState.FORMAL_CHECK else []
    context = frame(request, case, now) | {
        "title": "Zaproponuj odmowę dyrektorowi" if step == "fail" else LABELS[step],
        "told": told,
        "form": form if asks_why else None,
        "refusal": refusal,
        "lacking": lacking,
    }
    is_wrong = refusal or (asks_why and form.errors)
    return render(request, "quality_mark/office/step.html", context, status=422 if is_wrong else 200)
