"""The formal check of one case, and the call to complete it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from core.templatetags.portal import date_words
from quality_mark import deadlines
from quality_mark.applying import steps
from quality_mark.applying.independence import with_remarks
from quality_mark.applying.missing import gaps
from quality_mark.calendar import last_day
from quality_mark.choices import ApplicationState, DocumentKind
from quality_mark.forms.call import CallForm, FaultLines
from quality_mark.forms.office import CheckForm
from quality_mark.models import Call, Fault
from quality_mark.office.computed import computed
from quality_mark.office.documents import office_letter
from quality_mark.office.places import CasePlaces, key_of, standing
from quality_mark.use_cases import calling, checking
from quality_mark.views.office.case import frame
from quality_mark.views.office.doors import for_case


@accepts("GET", "HEAD", "POST")
@for_case
def formal_check(request, case):
    now = timezone.now()
    call = checking.answered_call(case)
    criteria = list(case.rulebook.formalcriterion_set.all())
    verdicts = {one.criterion_id: one for one in case.verdicts.select_related("by")}
    given = request.POST if request.method == "POST" else None
    form = CheckForm(given, criteria=criteria, verdicts=verdicts, faults=call.faults.all() if call else [])
    if given is not None and form.is_valid():
        who = {"application_id": case.pk, "actor": request.user, "now": now}
        try:
            checking.judge(verdicts=form.verdicts, **who)
            calling.cure(cured=form.cured, **who)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Ocena zapisana.")
            return redirect("quality_mark:formal_check", case.pk)
    tells = computed(case)
    places = CasePlaces(case)
    context = frame(request, case, now) | {
        "form": form,
        "criteria": [(one, tells.get(one.computed), verdicts.get(one.pk), *form.fields_of(one)) for one in criteria],
        "call": call,
        "changes": [
            change | {"field": form.field_of_fault(change["fault"])}
            for change in (places.changes(call) if call else [])
        ],
        "doubtful": [one for one in with_remarks(case, list(case.recommendations.all())) if one.remarks],
        "said": case.messages.filter(is_of_office=False, at=call.answered_at) if call else [],
        "lacking": checking.lacking_to_pass(case),
        "is_in_check": case.state == ApplicationState.FORMAL_CHECK,
        "has_no": any(one.is_met is False for one in verdicts.values()),
    }
    return render(request, "quality_mark/office/formal_check.html", context, status=422 if form.errors else 200)


@accepts("GET", "HEAD", "POST")
@for_case
def call(request, case):
    """Write a call: some lines, more of them by a button, the letter beforehand, and sending."""
    now = timezone.now()
    if request.method != "POST" and case.state != ApplicationState.FORMAL_CHECK:
        messages.info(request, "Wezwać można tylko w ocenie formalnej.")
        return redirect("quality_mark:case", case.pk)
    places = CasePlaces(case)
    given = request.POST if request.method == "POST" else None
    form = CallForm(given)
    lines = FaultLines(given, places=places.choices, initial=() if given is not None else _suggested(case))
    due = last_day(deadlines.in_days(case.rulebook, now, case.rulebook.correction_days))
    is_wrong = False
    if given is not None and "wiecej" not in given:
        is_wrong = not all([form.is_valid(), lines.is_valid()])
        if not is_wrong and "podglad" in given:
            return _preview(case, form, lines.faults, due, now)
        if not is_wrong:
            try:
                calling.call(
                    application_id=case.pk, faults=lines.faults, standing=standing, text=form.cleaned_data["text"],
                    actor=request.user, now=now,
                )  # fmt: skip
            except Refused as refusal:
                form.add_error(None, str(refusal))
                is_wrong = True
            else:
                messages.success(request, "Wezwanie wysłane.")
                return redirect("quality_mark:case", case.pk)
    context = frame(request, case, now) | {"form": form, "lines": lines, "due": due}
    return render(request, "quality_mark/office/call.html", context, status=422 if is_wrong else 200)


def _suggested(case):
    """What a call may begin with: criteria that were answered with no, faults not cured, what the form lacks."""
    found = [
        {"text": one.note or f"Nie spełniono kryterium: {one.criterion.title}."}
        for one in case.verdicts.filter(is_met=False).select_related("criterion")
    ]
    answered = checking.answered_call(case)
    for fault in answered.faults.all() if answered else []:
        if fault.is_cured is False:
            found.append({"text": fault.text, "place": key_of(fault)})
    for gap in gaps(case):
        found.append({"text": gap.text, "place": key_of(Fault(**_place(gap)))})
    return found[: calling.MOST_FAULTS - 1]


def _place(gap):
    if gap.step == steps.PAPERS:
        return {"code": gap.field}
    return {"step": gap.step, "field": gap.field}


def _preview(case, form, faults, due, now):
    """The letter as it would be sent. Nothing is kept."""
    rows = [Fault(number=place, text=one["text"]) for place, one in enumerate(faults, 1)]
    words = calling.listed(Call(text=form.cleaned_data["text"]), rows)
    content = office_letter(case, DocumentKind.CORRECTION, now=now, faults=words, due=date_words(due))
    return HttpResponse(content, content_type="application/pdf", headers={"Cache-Control": "private, no-store"})
