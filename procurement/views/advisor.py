"""The clause advisor: a question in the address, an answer to read, to print and to take over."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from core.navigation import has_session
from procurement.advisor import words
from procurement.advisor.advice import Advice
from procurement.advisor.asking import AdviceForm
from procurement.advisor.draft_form import DraftForm
from procurement.advisor.owners import owners_for
from procurement.choices import GuideTopic
from procurement.models import Guide
from procurement.use_cases.drafting import draft_notice
from procurement.views.notices.frame import first_unfinished


def advisor(request):
    """Without a question the form alone; an unusable one is answered by 422 with what was typed."""
    form = AdviceForm(request.GET or None)
    if not form.is_valid():
        return _page(request, form, status=422 if form.errors else 200)
    advice = Advice(form.cleaned_data, today=timezone.localdate())
    return _page(request, form, advice=advice, draft_form=_draft_form(request, advice))


@accepts("POST")
@login_required
def advisor_draft(request):
    """Makes a draft notice of the question and of what was ticked beside it."""
    owners = owners_for(request.user)
    if not owners:
        raise Http404
    form = AdviceForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    advice = Advice(form.cleaned_data, today=timezone.localdate())
    draft = DraftForm(request.POST, owners=owners, advice=advice)
    if draft.is_valid():
        try:
            notice = _write(request, advice, draft)
        except Refused as refusal:
            draft.add_error(refusal.field if refusal.field in draft.fields else None, str(refusal))
        else:
            messages.success(
                request, "Szkic ogłoszenia jest zapisany. Uzupełnij, czego w nim brakuje, i ogłoś, gdy będzie gotowe."
            )
            return redirect("procurement:notice_step", notice.pk, first_unfinished(notice))
    return _page(request, form, advice=advice, draft_form=draft, status=422)


def _write(request, advice, draft):
    asked = advice.asked
    authority, unit = draft.chosen_owner
    return draft_notice(
        authority=authority,
        unit=unit,
        subject=asked["q"],
        day=advice.day,
        value=asked["value"],
        nature=asked["nature"],
        is_social=asked["social"],
        mode=draft.cleaned_data["mode"],
        cpv=[advice.chosen.code8] if advice.chosen else [],
        clauses=draft.cleaned_data.get("clauses", []),
        county=asked["powiat"],
        actor=request.user,
        now=timezone.now(),
    )


def _draft_form(request, advice):
    """None for a visitor, and for who buys for nobody."""
    owners = owners_for(request.user) if has_session(request) else {}
    return DraftForm(owners=owners, advice=advice) if owners else None


def _page(request, form, *, advice=None, draft_form=None, status=200):
    context = {"form": form, "advice": advice, "draft_form": draft_form}
    if advice:
        asked = words.asked_again(form)
        context |= {
            "asked": asked,
            "facts": words.facts(advice, form),
            "codes": words.codes(advice, asked),
            "suppliers_query": words.suppliers_query(asked),
        }
    else:
        guides = Guide.objects.on(timezone.localdate())
        context["introduction"] = guides.filter(topic=GuideTopic.INTRODUCTION).first()
    return render(request, "procurement/advisor/advisor.html", context, status=status)
