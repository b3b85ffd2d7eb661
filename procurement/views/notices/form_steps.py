"""The steps of a notice's form: each is saved whatever is missing; of a public notice each is a correction."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from procurement.choices import NoticeState
from procurement.forms.cpv import CpvChoice, parts_form
from procurement.forms.steps import FORMS, ReasonForm
from procurement.notices import steps
from procurement.use_cases.notices import saving
from procurement.use_cases.notices.changing import Changed
from procurement.views.notices import typed
from procurement.views.notices.clauses import clause_list
from procurement.views.notices.documents import document_list
from procurement.views.notices.doors import with_notice
from procurement.views.notices.frame import frame


@accepts("GET", "HEAD", "POST")
@with_notice()
def step(request, notice, key):
    if key == steps.CPV:
        return _cpv(request, notice)
    if key == steps.CLAUSES:
        return clause_list(request, notice)
    if key == steps.DOCUMENTS:
        return document_list(request, notice)
    if key == steps.SUMMARY:
        return redirect("procurement:notice", notice.pk)
    if key not in FORMS:
        raise Http404
    return _columns(request, notice, key)


def after(request, notice, key):
    """Where one goes after a step was saved: on in a draft, back to the notice after a correction."""
    if notice.state in NoticeState.public():
        messages.success(request, "Sprostowanie jest ogłoszone.")
        return redirect("procurement:notice", notice.pk)
    order = list(steps.STEPS)
    return redirect("procurement:notice_step", notice.pk, order[order.index(key) + 1])


def reason_form(request, notice):
    """Why a public notice is changed; None when nobody has seen it yet."""
    if notice.state not in NoticeState.public():
        return None
    return ReasonForm(request.POST if request.method == "POST" else None)


def _columns(request, notice, key):
    shown = steps.digest(steps.saved_values(notice, key))
    if request.method != "POST":
        return _page(request, notice, key, {"form": FORMS[key].of(notice), "shown": shown})
    form, why = FORMS[key].of(notice, request.POST), reason_form(request, notice)
    if typed.is_asked(request):
        return typed.of_step(request, notice, form)
    valid = form.is_valid()
    page = {"form": form, "why": why, "shown": request.POST.get("shown", "")}
    if why is not None and not (why.is_valid() and valid):
        return _page(request, notice, key, page, status=422)
    try:
        saved = saving.save(
            notice_id=notice.pk, step=key, values=form.values, shown=page["shown"], reason=_words(why),
            actor=request.user, now=timezone.now(),
        )  # fmt: skip
    except Changed as changed:
        # Both are shown; sending once more puts these in the place of those.
        return _page(request, notice, key, page | {"shown": shown, "changed": changed.saved}, status=409)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _page(request, notice, key, page, status=422)
    if valid:
        return after(request, saved, key)
    page["shown"] = steps.digest(steps.saved_values(saved, key))
    form.is_saved = True
    return _page(request, saved, key, page, status=422)


def _cpv(request, notice):
    shown = steps.digest(steps.saved_values(notice, steps.CPV))
    saved_parts = list(notice.parts.all())
    if request.method != "POST":
        choice = CpvChoice(saved=notice.cpv_links.values_list("code_id", flat=True))
        return _page(
            request, notice, steps.CPV, {"choice": choice, "parts": parts_form(saved=saved_parts), "shown": shown}
        )
    choice, parts, why = CpvChoice(request.POST), parts_form(request.POST), reason_form(request, notice)
    page = {"choice": choice, "parts": parts, "why": why, "shown": request.POST.get("shown", "")}
    if "szukaj" in request.POST:
        page["searched"] = True
        parts.is_valid()
        return _page(request, notice, steps.CPV, page | {"why": why and ReasonForm(initial=request.POST.dict())})
    if not parts.is_valid() or (why is not None and not why.is_valid()):
        return _page(request, notice, steps.CPV, page, status=422)
    try:
        saved = saving.save_cpv(
            notice_id=notice.pk, codes=choice.code8s, parts=parts.parts(), shown=page["shown"], reason=_words(why),
            actor=request.user, now=timezone.now(),
        )  # fmt: skip
    except Changed as changed:
        return _page(request, notice, steps.CPV, page | {"shown": shown, "changed": changed.saved}, status=409)
    except Refused as refusal:
        return _page(request, notice, steps.CPV, page | {"refusal": str(refusal)}, status=422)
    return after(request, saved, steps.CPV)


def _words(why):
    return why.cleaned_data["reason"] if why is not None else ""


def _page(request, notice, key, context, *, status=200):
    context = {"why": reason_form(request, notice)} | context | frame(notice, key)
    if "parts" in context:
        context["with_parts"] = _has_parts(context["parts"])
    name = "procurement/notices/cpv.html" if key == steps.CPV else "procurement/notices/step.html"
    return render(request, name, context, status=status)


def _has_parts(parts):
    """Whether a row says something, or is wrong: then they stand open."""
    rows = [form["subject"].value() or form["value"].value() for form in parts]
    return any(rows) or bool(parts.is_bound and (any(parts.errors) or parts.non_form_errors()))
