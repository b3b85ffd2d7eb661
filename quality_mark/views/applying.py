"""Writing an application: what may be applied for, and the form step by step."""

import json
import secrets

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from core import weaving
from core.exceptions import Refused
from core.http import accepts
from core.typed import QueryLike, storable, typed_of
from quality_mark.applying import eligibility, steps
from quality_mark.applying.forms import FORMS, stored_form
from quality_mark.applying.missing import gaps
from quality_mark.applying.words import applicant as applicant_facts
from quality_mark.applying.words import in_words
from quality_mark.choices import ApplicationState
from quality_mark.correction import merged, places_of
from quality_mark.use_cases import applying
from quality_mark.views.own import own_application, own_offers


@accepts("GET", "HEAD", "POST")
@login_required
def may_i(request, offer):
    """„Czy mogę?” for one offer, and the press that begins the application."""
    offer = get_object_or_404(own_offers(request), pk=offer)
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
    may_begin = eligibility.may_begin(found)
    context = {"offer": offer, "checks": found, "may_begin": may_begin, "refusal": refusal, "rules": rules}
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
        "is_too_late": applying.is_too_late(application, timezone.localdate()),
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
    sent = typed_of(request.POST, fields)
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
    return storable(request.POST.get("page", ""))[:20]


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
