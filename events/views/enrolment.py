"""The form of an institution, step by step, for whoever holds its link."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.answering import discard_files
from core.exceptions import Refused
from core.http import accepts
from core.link_pages import opened
from events.choices import EnrolmentState
from events.enrolment import steps
from events.enrolment.faults import answered_questions, carried_answers, faults_of, questions_of
from events.enrolment.summary import facts_of
from events.enrolment.texts import newer_words, versions_mark, versions_of
from events.forms.steps import FORMS, QuestionsForm
from events.letters.enrolment import ENROLMENT
from events.models import Enrolment
from events.signing_up import on_the_way
from events.signing_up.answer_files import FOLDER
from events.use_cases.enrolment import enrolling, signing
from events.use_cases.signups.on_the_way import hold_for_newcomers


def rows():
    return Enrolment.objects.select_related(
        "edition", "form", "regulations", "institution", "legal_form", "municipality", "county", "on_the_way_to"
    )


by_link = opened(ENROLMENT, rows)


@by_link
def enrolment(request, enrolment, token):
    """Where the link leads: to what is to be done now."""
    if enrolment.state not in (EnrolmentState.DRAFT, EnrolmentState.RETURNED):
        return redirect("events:enrolment_state", token)
    faulty = {fault.step for fault in _faults(enrolment)}
    open_steps = [one for one in steps.STEPS if one in faulty or (one in FORMS and not steps.is_seen(enrolment, one))]
    return redirect("events:enrolment_step", token, next(iter(open_steps), steps.SUMMARY))


@accepts("GET", "HEAD", "POST")
@by_link
def enrolment_step(request, enrolment, token, step):
    """A step with fields: whatever is typed is kept, what is wrong is said beside the field."""
    if step != steps.QUESTIONS and step not in FORMS:
        raise Http404
    if request.method == "POST":
        return _save(request, enrolment, token, step)
    shown = steps.digest(steps.saved_values(enrolment, step))
    return _page(request, enrolment, token, step, _form(enrolment, step), shown=shown)


@accepts("GET", "HEAD", "POST")
@by_link
def enrolment_summary(request, enrolment, token):
    """All of it on one page with what is missing; from here the form goes to be signed."""
    refusal, now = "", timezone.now()
    lines = on_the_way.choice(enrolment, now)
    if request.method == "POST":
        chosen = set(request.POST.getlist("osoba"))
        for line in lines:
            line.checked = line.may_be_chosen and str(line.pk) in chosen
        try:
            signing.prepare(enrolment_id=enrolment.pk, now=now)
        except Refused as refused:
            refusal = str(refused)
        else:
            _hold(request, enrolment, [line.pk for line in lines if line.checked], now)
            return redirect("events:enrolment_state", token)
    context = frame(enrolment, token, steps.SUMMARY)
    context |= {"facts": facts_of(enrolment), "refusal": refusal, "lines": lines}
    return render(request, "events/enrolment/summary.html", context, status=422 if refusal else 200)


def _hold(request, enrolment, ids, now):
    """Ask for places at the event that the institution is on the way to. A refusal takes nothing from the form: it
    waits for signatures, and the page of its state leads to signing up again."""
    if not ids:
        return
    given = {"enrolment_id": enrolment.pk, "event_id": enrolment.on_the_way_to_id, "participant_ids": ids, "now": now}
    try:
        rows = hold_for_newcomers(**given, actor=request.user if request.user.is_authenticated else None)
    except Refused as refusal:
        messages.warning(request, f"Formularz jest gotowy do podpisu, ale miejsc na wydarzeniu nie ma: {refusal}")
    else:
        messages.success(request, f"{enrolment.on_the_way_to}: {on_the_way.held_words(rows)}")


def frame(enrolment, token, step):
    """What every page of the form shows around its step."""
    now = timezone.now()
    today = timezone.localdate(now)
    faults = _faults(enrolment)
    slugs = list(steps.STEPS)
    place = slugs.index(step)
    return {
        "event": enrolment.on_the_way_to if on_the_way.is_ahead(enrolment.on_the_way_to) else None,
        "enrolment": enrolment,
        "edition": enrolment.edition,
        "token": token,
        "step": step,
        "step_label": steps.STEPS[step],
        "number": place + 1,
        "count": len(slugs),
        "next_step": slugs[place + 1] if place + 1 < len(slugs) else "",
        "steps": [
            {
                "url": reverse("events:enrolment_step", args=[token, slug]),
                "label": label,
                "current": slug == step,
                "state": _state(enrolment, slug, faults),
            }
            for slug, label in steps.STEPS.items()
        ],
        "faults": faults,
        "closed": steps.why_closed(enrolment, now),
        "editable": enrolment.state in EnrolmentState.editable() and not steps.why_closed(enrolment, now),
        "newer": newer_words(enrolment, today),
        "remarks": remarks_of(enrolment),
    }


def remarks_of(enrolment):
    """{field: words} of what a coordinator has not seen put right yet."""
    return dict(enrolment.remarks.filter(settled_at=None).values_list("field", "words"))


def _save(request, enrolment, token, step):
    now = timezone.now()
    form = _form(enrolment, step, request.POST, request.FILES)
    valid = form.is_valid()
    values = form.answers(FOLDER) if step == steps.QUESTIONS else form.values
    shown = request.POST.get("shown", "")
    given = {"shown": shown, "versions": request.POST.get("versions", "")}
    asked, answered = (form.questions, answered_questions(enrolment)) if step == steps.QUESTIONS else ((), ())
    try:
        saved = enrolling.save(enrolment_id=enrolment.pk, step=step, values=values, typed=form.typed, now=now, **given)
    except enrolling.Changed as changed:
        discard_files(asked, values, but=enrolment.answers)
        # Both are shown; sending once more puts these in the place of those.
        digest = steps.digest(changed.saved)
        return _page(request, enrolment, token, step, form, shown=digest, changed=_differing(form, changed.saved))
    except Refused as refusal:
        discard_files(asked, values, but=enrolment.answers)
        return _page(request, enrolment, token, step, form, shown=shown, refusal=str(refusal))
    # Files that others have replaced, or that a newer form asks for no more.
    discard_files(answered, enrolment.answers, but=saved.answers)
    if valid:
        return redirect("events:enrolment_step", token, list(steps.STEPS)[list(steps.STEPS).index(step) + 1])
    digest = steps.digest(steps.saved_values(saved, step))
    return _page(request, saved, token, step, form, shown=digest, saved=True)


def _form(enrolment, step, data=None, files=None):
    """Bound to what was just sent, or to what is saved once the step has been: then it says what is missing."""
    stored = steps.saved_values(enrolment, step)
    seen = steps.is_seen(enrolment, step)
    if step != steps.QUESTIONS:
        form = FORMS[step](stored if data is None and seen else data, initial=stored)
        return form.with_remarks(remarks_of(enrolment))
    questions = questions_of(enrolment, timezone.localdate())
    answers = carried_answers(enrolment, questions)
    if data is None and seen:
        typed = enrolment.answers.get(steps.TYPED, {}).get(step, {})
        form = QuestionsForm.again(questions, answers, typed)
    else:
        form = QuestionsForm(questions, data, files, answers=answers)
    return form.with_remarks(remarks_of(enrolment))


def _page(request, enrolment, token, step, form, *, shown, changed=(), saved=False, refusal=""):
    context = frame(enrolment, token, step) | {"form": form, "shown": shown, "changed": changed, "saved": saved}
    context["refusal"] = refusal
    if step == steps.QUESTIONS:
        today = timezone.localdate()
        context["version"], context["regulations"] = versions_of(enrolment, today)
        context["versions"] = versions_mark(enrolment, today)
    status = 409 if changed else 422 if saved or refusal else 200
    return render(request, "events/enrolment/step.html", context, status=status)


def _differing(form, saved):
    """[(label, what is saved)] of the fields in which the two differ."""
    return [
        (field.label, saved.get(name, "") or "(puste)")
        for name, field in form.fields.items()
        if str(saved.get(name, "") or "") != str(form.data.get(form.add_prefix(name), "") or "")
    ]


def _faults(enrolment):
    today = timezone.localdate()
    return faults_of(enrolment, questions_of(enrolment, today), day=today)


def _state(enrolment, slug, faults):
    """ "", "good" or "warn" of a step that somebody has been to."""
    if slug == steps.SUMMARY:
        return ""
    if any(fault.step == slug for fault in faults):
        seen = steps.is_seen(enrolment, slug) or slug in (steps.SIGNATORIES, steps.PEOPLE)
        return "warn" if seen else ""
    return "good"
