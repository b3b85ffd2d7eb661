"""The step with recommendations, and the page of whoever recommends: a customer without an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from core.link_pages import opened
from quality_mark.applying import steps
from quality_mark.forms.papers import AskForm, RecommendForm, UploadedForm
from quality_mark.letters import RECOMMENDATION
from quality_mark.models import Recommendation
from quality_mark.use_cases import recommendations
from quality_mark.views.applying import frame
from quality_mark.views.own import own_application
from quality_mark.views.papers import number

NOT_SENT = "Ta prośba jeszcze nie wyszła. Naciśnij „Wyślij prośbę” albo wyczyść pola."


@accepts("GET", "HEAD", "POST")
@login_required
def recommendation_list(request, pk):
    """One form for both ways: what was typed or chosen in the other one outlasts every button."""
    application, shown = own_application(request, pk), [AskForm(prefix="ask"), UploadedForm(prefix="paper")]
    if request.method == "POST":
        try:
            shown = _done(request, {"application_id": pk, "actor": request.user, "now": timezone.now()})
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("quality_mark:recommendations", pk)
        if not any(form.is_bound or form.initial for form in shown):
            return redirect(steps.url_of(pk, steps.PAPERS if "dalej" in request.POST else steps.RECOMMENDATIONS))
    asking, uploading = shown
    context = frame(application, steps.RECOMMENDATIONS) | {
        "asking": asking,
        "uploading": uploading,
        "recommendations": application.recommendations.select_related("paper"),
        "next_url": steps.url_of(pk, steps.PAPERS),
    }
    return render(request, "quality_mark/recommendations.html", context, status=422 if _faulty(shown) else 200)


def _done(request, who):
    """Does what the pressed button asks for; the two forms as they are to be shown afterwards."""
    given = request.POST
    asking, uploading = AskForm(given, prefix="ask"), UploadedForm(given, request.FILES, prefix="paper")
    asks, uploads = asking.has_changed(), uploading.has_changed()
    done = []
    if given.get("usun"):
        recommendations.remove(recommendation_id=number(given["usun"]), **who)
    elif given.get("przypomnij"):
        recommendations.remind(recommendation_id=number(given["przypomnij"]), **who)
        messages.success(request, "Wysłaliśmy przypomnienie.")
    # Enter in a field of the second way presses the button of the first one.
    elif "zapytaj" in given and (asks or not uploads):
        if _kept(asking, recommendations.ask, who, "recommender", "email"):
            messages.success(request, "Wysłaliśmy prośbę o rekomendację.")
            done.append(asking)
    elif asks and "dalej" in given:
        asking.add_error(None, NOT_SENT)
    # A file cannot be shown again: what was chosen is kept at once.
    if (uploads or "dolacz" in given) and _kept(uploading, recommendations.upload, who, "recommender", "upload"):
        done.append(uploading)
    return [_shown(form, is_done=form in done) for form in (asking, uploading)]


def _shown(form, *, is_done):
    """With its faults; empty once it is done; else as it was typed, with nothing said of it."""
    if form._errors:
        return form
    typed = {} if is_done else {name: form[name].value() for name in ("recommender", "email") if name in form.fields}
    return type(form)(prefix=form.prefix, initial={name: text for name, text in typed.items() if text})


def _faulty(forms):
    return any(form.errors for form in forms)


def _kept(form, verb, who, *names):
    if not form.is_valid():
        return False
    values = (form.cleaned_data["recommender"], form.cleaned_data.get("email") or form.cleaned_data.get("files"))
    try:
        verb(**dict(zip(names, values, strict=True)), **who)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True


def _asked():
    return Recommendation.objects.select_related(
        "application__offer__organisation__institution", "application__offer__organisation__unit"
    )


@accepts("GET", "HEAD", "POST")
def recommend(request, token):
    """A customer who needs no account: the link is the key. One that opens nothing says what to do."""
    try:
        return _recommend(request, token=token)
    except Http404:
        return render(request, "quality_mark/recommend_nothing.html", status=404)


@opened(RECOMMENDATION, _asked)
def _recommend(request, row, token):
    initial = {"text": row.text, "signed_name": row.signed_name, "function": row.function}
    form = RecommendForm(initial=initial)
    if request.method == "POST":
        now = timezone.now()
        has_declined = "odmow" in request.POST
        form = RecommendForm(initial=initial) if has_declined else RecommendForm(request.POST)
        if has_declined or form.is_valid():
            try:
                if has_declined:
                    row = recommendations.decline(recommendation_id=row.pk, now=now)
                else:
                    actor = request.user if request.user.is_authenticated else None
                    row = recommendations.recommend(
                        recommendation_id=row.pk, **form.cleaned_data, actor=actor, now=now
                    )
            except Refused as refusal:
                row.refresh_from_db()
                return _page(request, row, form, refusal=str(refusal))
            return render(request, "quality_mark/recommended.html", {"row": row})
    return _page(request, row, form)


def _page(request, row, form, refusal=""):
    is_open = recommendations.is_open(row.application)
    context = {"row": row, "form": form, "is_open": is_open, "refusal": refusal}
    status = 422 if refusal or form.errors else 200
    return render(request, "quality_mark/recommend.html", context, status=status)
