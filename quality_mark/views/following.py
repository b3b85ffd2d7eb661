"""What becomes of applications, for whoever has sent them: state in plain words, who acts next, and until when."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from quality_mark.access import organisations_of
from quality_mark.applying import steps
from quality_mark.applying.changed import changed_since
from quality_mark.applying.missing import gaps
from quality_mark.applying.progress import (
    ENDED,
    OF_APPLICANT,
    asked_of,
    decision_of,
    is_signed_by_holder,
    is_too_late_to_sign,
    log_of,
    next_of,
)
from quality_mark.applying.words import with_titles
from quality_mark.calendar import last_day
from quality_mark.choices import Actor, ApplicationState
from quality_mark.correction import open_call
from quality_mark.models import Application, Licence, Mark
from quality_mark.office.clock import clock_of, silence_words
from quality_mark.office.places import CasePlaces
from quality_mark.register.standing import on_day
from quality_mark.use_cases import applying, renewing
from quality_mark.use_cases.complaints import FINAL, WAITS, until_of_application, why_not_application
from quality_mark.views.own import own_application, own_offers
from quality_mark.views.register import BADGES
from quality_mark.workflow import applications


@login_required
def overview(request):
    mine = organisations_of(request.user)
    offers = list(own_offers(request).order_by("organisation", "position", "pk"))
    # Also those of offers and organisations that are gone from the register.
    applications = Application.objects.of_organisations(mine)
    rows = applications.select_related(
        "offer__organisation__institution", "offer__organisation__unit", "rulebook", "agreement"
    )
    now = timezone.now()
    marks = Mark.objects.told().filter(offer__organisation__in=mine).order_by("-valid_until", "-pk")
    rows = rows.prefetch_related("pauses").defer("answers").order_by("-started_at", "-pk")
    running = {one.offer_id: one for one in rows if one.state in ApplicationState.running()}
    stands = [(mark, on_day(mark, timezone.localdate(now))) for mark in marks]
    return render(
        request,
        "quality_mark/overview.html",
        {
            "offers": [(one, running.get(one.pk)) for one in offers],
            "applications": [
                {
                    "one": one,
                    "next": next_of(one, now=now),
                    "last_day": _last_day(one, now),
                    "clock": clock_of(one, now=now) if one.number else None,
                }
                # Those that wait for the applicant come first.
                for one in sorted(rows, key=lambda one: next_of(one, now=now)[:1] != OF_APPLICANT)
            ],
            "marks": [(mark, stand, BADGES[stand.status] if stand else "") for mark, stand in stands],
        },
    )


@login_required
def application(request, pk):
    """What becomes of it: state in plain words, who acts next and until when, what happened so far."""
    application = own_application(request, pk)
    if application.state == ApplicationState.DRAFT:
        missing = list(gaps(application))
        return redirect(steps.url_of(pk, missing[0].step if missing else steps.SUMMARY))
    now = timezone.now()
    no_complaint = why_not_application(application, now)
    context = {
        "application": application,
        "state": application.public_state,
        "last_day": _last_day(application, now),
        "next": next_of(application, now=now),
        "is_late": bool(application.due_at and application.due_at <= now),
        "log": log_of(application),
        "decision": decision_of(application),
        "asked": asked_of(application),
        "papers": with_titles(application, application.papers.filter(removed_at=None, is_shown=True)),
        "silence": silence_words(application.rulebook),
        "changed": changed_since(application),
        "clock": clock_of(application, now=now),
        "missing": missing_of(application),
        "may_withdraw": bool(_withdrawal(application)),
        "is_called": application.state == ApplicationState.CORRECTION,
        "messages_count": application.messages.count(),
        "to_be_signed": application.state == ApplicationState.GRANTED,
        "is_signed": is_signed_by_holder(application),
        "licence": Licence.objects.filter(application=application).first(),
        "complaints": application.complaints.all(),
        "complaint_url": reverse("quality_mark:application_complaint", args=[pk]),
        "complain_until": "" if no_complaint else until_of_application(application),
        "is_final": no_complaint == FINAL,
        "again": _again(application, no_complaint, timezone.localdate(now)),
    }
    return render(request, "quality_mark/application.html", context)


@accepts("GET", "HEAD", "POST")
@login_required
def withdrawal(request, pk):
    application = own_application(request, pk)
    if not _withdrawal(application):
        return redirect("quality_mark:application", pk)
    if request.method == "POST":
        try:
            applying.withdraw(
                application_id=pk, reason=request.POST.get("reason", "")[:500].replace("\0", ""), actor=request.user,
                now=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Wniosek został wycofany.")
        return redirect("quality_mark:overview")
    return render(request, "quality_mark/withdrawal.html", {"application": application})


def _again(application, no_complaint, today):
    """(words, address) of the way on from a refusal. None while a complaint waits: upheld, it would find the offer
    taken."""
    if application.state not in ENDED or no_complaint == WAITS:
        return None
    if application.mark and not renewing.is_over(Mark.objects.told().get(pk=application.mark_id), today):
        return "Znak i jego przedłużenie", reverse("quality_mark:own_mark", args=[application.mark_id])
    words = "Sprawdź, czy możesz złożyć nowy wniosek dla tej oferty"
    return words, reverse("quality_mark:may_i", args=[application.offer_id])


def _last_day(application, now):
    """Until when whoever acts next has time; whoever ends a grant that nobody signed has no day of their own."""
    if application.due_at is None or is_too_late_to_sign(application, now):
        return None
    return last_day(application.due_at)


def missing_of(application):
    """[(what is missing, where it is mended)] of an open call."""
    call = open_call(application) if application.state == ApplicationState.CORRECTION else None
    if call is None:
        return []
    changes = CasePlaces(application).changes(call)
    return [(one["fault"].text, one["url"]) for one in changes if not one["has_changed"]]


def _withdrawal(application):
    moves = applications.available(state=application.state, actor=Actor.APPLICANT)
    return [move for move in moves if move.name == "withdraw"]
