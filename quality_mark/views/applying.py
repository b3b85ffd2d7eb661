"""The applicant's pages: what may be applied for, the application step by step, and what becomes of it."""

import json
import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from quality_mark.access import organisations_of
from quality_mark.applying import eligibility, steps, weaving
from quality_mark.applying.changed import changed_since
from quality_mark.applying.forms import FORMS, QueryLike, stored_form
from quality_mark.applying.missing import gaps
from quality_mark.applying.progress import OF_APPLICANT, is_signed_by_holder, log_of, next_of
from quality_mark.applying.words import applicant as applicant_facts
from quality_mark.applying.words import in_words, with_titles
from quality_mark.calendar import last_day
from quality_mark.choices import Actor, ApplicationState
from quality_mark.correction import merged, open_call, places_of
from quality_mark.models import Application, Licence, Mark
from quality_mark.office.clock import clock_of, silence_words
from quality_mark.office.places import CasePlaces
from quality_mark.register.standing import on_day
from quality_mark.use_cases import applying
from quality_mark.use_cases.complaints import until_of_application
from quality_mark.views.register import BADGES
from quality_mark.workflow import applications
from registry.models import Offer


def _offers(request):
    mine = organisations_of(request.user)
    offers = Offer.objects.living().filter(organisation__in=mine, organisation__removed_at=None)
    return offers.select_related("organisation__kind", "organisation__institution", "organisation__unit")


def own_application(request, pk):
    """404 for whoever does not act for its organisation: they are not told that it exists."""
    rows = Application.objects.of_organisations(organisations_of(request.user))
    rows = rows.select_related(
        "offer__organisation__kind",
        "offer__organisation__institution",
        "offer__organisation__unit",
        "rulebook",
        "mark",
    )
    return get_object_or_404(rows, pk=pk)


@login_required
def overview(request):
    mine = organisations_of(request.user)
    offers = list(_offers(request).order_by("organisation", "position", "pk"))
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
                    "next": next_of(one),
                    "last_day": last_day(one.due_at) if one.due_at else None,
                    "clock": clock_of(one, now=now) if one.number else None,
                }
                # Those that wait for the applicant come first.
                for one in sorted(rows, key=lambda one: next_of(one)[:1] != OF_APPLICANT)
            ],
            "marks": [(mark, stand, BADGES[stand.status] if stand else "") for mark, stand in stands],
        },
    )


@accepts("GET", "HEAD", "POST")
@login_required
def may_i(request, offer):
    """„Czy mogę?” for one offer, and the press that begins the application."""
    offer = get_object_or_404(_offers(request), pk=offer)
    now = timezone.now()
    day = timezone.localdate(now)
    refusal = ""
    if request.method == "POST":
        try:
            application = applying.begin(offer_id=offer.pk, actor=request.user, now=now)
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("quality_mark:applicant", application.pk)
    rules, intake = eligibility.rules_on(day), eligibility.intake_on(day)
    found = eligibility.checks(offer, day=day, rules=rules, intake=intake)
    context = {"offer": offer, "checks": found, "may_begin": eligibility.may_begin(found), "refusal": refusal}
    return render(request, "quality_mark/may_i.html", context, status=422 if refusal else 200)


@login_required
def applicant(request, pk):
    """First step: what the register says. It is mended on the card, not here, and frozen at the submission."""
    application = own_application(request, pk)
    next_step = steps.after(steps.APPLICANT, application.kind)
    context = frame(application, steps.APPLICANT) | {
        "facts": applicant_facts(application),
        "next_url": steps.url_of(pk, next_step),
    }
    return render(request, "quality_mark/applicant.html", context)


@accepts("GET", "HEAD", "POST")
@login_required
def step(request, pk, step):
    application = own_application(request, pk)
    if step not in steps.WRITTEN or step not in steps.steps_of(application.kind):
        raise Http404
    if request.method == "POST":
        return _save(request, application, step)
    seen = step in application.revisions
    form = stored_form(application, step) if seen else FORMS[step](rules=application.rulebook)
    return _page(request, application, step, form)


@login_required
def application(request, pk):
    """What becomes of it: state in plain words, who acts next and until when, what happened so far."""
    application = own_application(request, pk)
    if application.state == ApplicationState.DRAFT:
        missing = list(gaps(application))
        return redirect(steps.url_of(pk, missing[0].step if missing else steps.SUMMARY))
    until = until_of_application(application)
    complaints = list(application.complaints.all())
    if any(one.decided_at is None for one in complaints):
        until = None
    context = {
        "application": application,
        "state": application.public_state,
        "last_day": last_day(application.due_at) if application.due_at else None,
        "next": next_of(application),
        "is_late": bool(application.due_at and application.due_at <= timezone.now()),
        "log": log_of(application),
        "papers": with_titles(application, application.papers.filter(removed_at=None, is_shown=True)),
        "silence": silence_words(application.rulebook),
        "changed": changed_since(application),
        "clock": clock_of(application, now=timezone.now()),
        "missing": missing_of(application),
        "may_withdraw": bool(_withdrawal(application)),
        "is_called": application.state == ApplicationState.CORRECTION,
        "messages_count": application.messages.count(),
        "to_be_signed": application.state == ApplicationState.GRANTED,
        "is_signed": is_signed_by_holder(application),
        "complaints": complaints,
        "licence": Licence.objects.filter(application=application).first(),
        "complain_until": until if until and until > timezone.now() else None,
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


def frame(application, step):
    """What every step shows around its form."""
    missing, places = list(gaps(application)), places_of(application)
    faulty = {gap.step for gap in missing}
    labels = steps.steps_of(application.kind)
    if step not in labels:
        raise Http404
    slugs = list(labels)
    return {
        "application": application,
        "step": step,
        "step_label": labels[step],
        "number": slugs.index(step) + 1,
        "count": len(slugs),
        "gaps": missing,
        "places": places,
        "editable": places.opens_step(step) or (step == steps.PAPERS and bool(places.codes)),
        "is_called": application.state == ApplicationState.CORRECTION,
        "steps": [
            {
                "url": steps.url_of(application.pk, slug),
                "label": label,
                "current": slug == step,
                "state": _state(application, slug, faulty),
            }
            for slug, label in labels.items()
        ],
    }


def _state(application, slug, faulty):
    if slug == steps.SUMMARY:
        return ""
    if slug in faulty:
        return "warn" if slug in application.revisions or slug not in steps.WRITTEN else ""
    return "good"


def _save(request, application, step):
    fields = FORMS[step](rules=application.rulebook).fields
    saved = application.answers.get(step, {})
    sent = steps.typed_of(request.POST, fields)
    typed = merged(places_of(application), step, sent, saved)
    form = FORMS[step](QueryLike(typed), rules=application.rulebook)
    is_autosave, seen = request.htmx, weaving.read(request.POST.get("seen", ""))
    try:
        kept = applying.save(
            application_id=application.pk, step=step, typed=typed, seen=seen, page=_page_of(request),
            actor=request.user, now=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        if is_autosave:
            return _line(request, form, seen, refusal=str(refusal))
        # What cannot be saved is shown all the same, to be copied.
        shown = saved | {name: value for name, value in sent.items() if value}
        form = FORMS[step](QueryLike(shown), rules=application.rulebook)
        return _page(request, application, step, form, refusal=str(refusal))
    stored = kept.answers[step]
    changed = [(fields[name].label, in_words(stored_form(kept, step), name) or "(puste)") for name in kept.differing]
    if is_autosave:
        # What others have written elsewhere in this step is not on this page: of these fields nothing new was seen.
        others = [fields[n].label for n in typed if n not in kept.differing and stored.get(n, "") != typed[n]]
        shown = weaving.seen_of(typed, fields) | {name: seen.get(name, "") for name in kept.differing}
        return _line(request, form, shown, changed=changed, others=others, at=kept.saved_at)
    if changed:
        form = FORMS[step](QueryLike(stored | {name: typed[name] for name in kept.differing}), rules=kept.rulebook)
        return _page(request, own_application(request, kept.pk), step, form, changed=changed)
    form = stored_form(kept, step)
    if form.is_valid():
        if kept.state == ApplicationState.CORRECTION:
            return redirect("quality_mark:own_call", kept.pk)
        return redirect(steps.url_of(kept.pk, steps.after(step, application.kind)))
    return _page(request, own_application(request, kept.pk), step, form, saved=True)


def _line(request, form, seen, **said):
    """The answer to what was kept by itself: one line, and what has now been seen."""
    context = said | {"seen": json.dumps(seen), "remark": _remark(form)}
    response = render(request, "quality_mark/_kept.html", context)
    response.headers["X-Kept"] = "1"
    return response


def _page_of(request):
    return steps.storable(request.POST.get("page", ""))[:20]


def _remark(form):
    form.is_valid()
    return getattr(form, "remark", "")


def _page(request, application, step, form, *, changed=(), refusal="", saved=False):
    context = frame(application, step)
    for name, field in form.fields.items():
        if not context["places"].opens_field(step, name):
            field.widget.attrs["disabled"] = True
    context |= {
        "form": form,
        "seen": json.dumps(weaving.seen_of(application.answers.get(step, {}), form.fields)),
        "page": _page_of(request) or secrets.token_hex(6),
        "changed": changed,
        "refusal": refusal,
        "saved": saved,
        "remark": _remark(form),
        "next_url": steps.url_of(application.pk, steps.after(step, application.kind)),
    }
    status = 409 if changed else 422 if refusal or saved else 200
    return render(request, "quality_mark/step.html", context, status=status)
