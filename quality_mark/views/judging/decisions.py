"""Pages of the director: what waits for a decision, and one case with all that speaks for it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.permissions import Action
from core.exceptions import Refused
from core.http import accepts, paginate
from core.templatetags.portal import plural
from quality_mark.assessing.seeing import all_in
from quality_mark.choices import ApplicationState
from quality_mark.decisions.silence import proposed
from quality_mark.decisions.waiting import last_votes, waiting
from quality_mark.forms.judging.deciding import DecisionForm
from quality_mark.models import AgendaItem
from quality_mark.office.clock import silence_words
from quality_mark.reading import case_of, heard_of, sheets
from quality_mark.use_cases import deciding, silence
from quality_mark.views.forms import pressed
from quality_mark.views.judging.doors import case_or_404, needs, number
from quality_mark.voting import Result
from quality_mark.workflow import applications

PER_PAGE = 30
LONGEST = 4000
LABELS = {move.name: move.label for move in applications}


@accepts("GET", "HEAD", "POST")
@needs(Action.DECIDE_ON_MARK)
def overview(request):
    """Several can be decided together: each is decided for itself, for the same reasons or for its own."""
    form, chosen, own = DecisionForm(), [], {}
    if request.method == "POST":
        form = DecisionForm(request.POST)
        own = {pk: request.POST.get(f"powod_{pk}", "").strip() for pk in map(number, request.POST.getlist("wniosek"))}
        # What was chosen and is not (any more) to be decided is refused by its own verb, not left out in silence.
        chosen = [pk for pk in map(number, request.POST.getlist("wniosek")[:PER_PAGE]) if pk]
        rows = {one.pk: one for one in waiting(request.user, timezone.now()).filter(pk__in=chosen)}
        if not chosen:
            form.add_error(None, "Zaznacz co najmniej jeden wniosek.")
        elif len(rows) < len(set(chosen)):
            form.add_error(None, "Jeden z wniosków nie czeka już na rozstrzygnięcie. Sprawdź listę.")
        elif any(len(words) > LONGEST for words in own.values()):
            form.add_error(None, f"Uzasadnienie jednego wniosku może mieć najwyżej {LONGEST} znaków.")
        elif all(own.get(pk) for pk in rows) and "reason" in form.errors:
            # Each has reasons of its own: common ones are not needed.
            del form.errors["reason"]
        if form.is_valid():
            return _decided(request, rows.values(), form.cleaned_data, own)
    page = paginate(request, waiting(request.user, timezone.now()).prefetch_related("pauses"), PER_PAGE)
    said = last_votes(page.object_list)
    for one in page.object_list:
        one.said, one.own_reason = said.get(one.pk), own.get(one.pk, "")
        one.is_only_late = one.state != ApplicationState.FORMAL_CHECK and one.recommendation is None
    context = {"page": page, "form": form, "chosen": chosen, "yes": Result.YES}
    return render(request, "quality_mark/judging/decisions.html", context, status=422 if form.errors else 200)


def _decided(request, rows, given, own):
    now = timezone.now()
    done, refused = [], []
    for one in rows:
        step, reason = deciding.step_for(given["step"], one), own.get(one.pk) or given["reason"]
        some, others = deciding.decide_many(
            application_ids=[one.pk], step=step, reason=reason, actor=request.user, now=now
        )
        done += some
        refused += [(one.number, why) for _, why in others]
    if done:
        count = len(done)
        messages.success(request, f"Rozstrzygnięto {count} {plural(count, 'wniosek,wnioski,wniosków')}.")
    for number_, why in refused:
        messages.error(request, f"{number_}: {why}")
    return redirect("quality_mark:decisions")


@accepts("GET", "HEAD", "POST")
@needs(Action.DECIDE_ON_MARK)
def case(request, pk):
    now = timezone.now()
    application = case_or_404(request, waiting(request.user, now), pk=pk)
    if request.POST.get("co") == "milczenie":
        return pressed(
            request,
            silence.take,
            "Wniosek jest rozstrzygnięty według zasad o milczeniu.",
            ("quality_mark:decisions",),
            application_id=pk,
        )
    is_formal = application.state == ApplicationState.FORMAL_CHECK
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if is_formal:
        form.only_refusal()
    if request.method == "POST" and form.is_valid():
        step = deciding.step_for(form.cleaned_data["step"], application)
        try:
            deciding.decide(
                application_id=pk, step=step, reason=form.cleaned_data["reason"], actor=request.user,
                now=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, f"Wniosek {application.number} jest rozstrzygnięty.")
            return redirect("quality_mark:decisions")
    items = AgendaItem.objects.filter(application=application, mark=None, sitting__signed_at__isnull=False)
    context = case_of(application) | {
        "application": application,
        "form": form,
        "may_decide": application.recommendation or application.state == ApplicationState.FORMAL_CHECK,
        "proposed": LABELS.get(proposed(application, now), ""),
        "silence": silence_words(application.rulebook),
        "heard": heard_of(application),
        "items": items.select_related("sitting").prefetch_related("votes").order_by("-sitting__starts_at"),
        "verdicts": application.verdicts.filter(is_met=False).select_related("criterion"),
        "is_formal": is_formal,
        "recommendation": Result(application.recommendation).label if application.recommendation else "",
    }
    # Of a case that is only late, assessments may still be missing: those that are in stay with their authors.
    if all_in(application):
        context["criteria"], context["summaries"], context["found"] = sheets(application)
    return render(request, "quality_mark/judging/decision.html", context, status=422 if form.errors else 200)
