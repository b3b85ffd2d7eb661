"""What is written down about a mark: steps of the director, reviews, reports. Each is one form."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from quality_mark import workflow
from quality_mark.access import is_own
from quality_mark.forms import supervision as forms
from quality_mark.models import Mark, MisuseReport
from quality_mark.use_cases import supervision, watching
from quality_mark.views.forms import done, form_page, sent
from quality_mark.views.supervision.doors import HEAD, OFFICE, back_to, for_whom, home

# Steps of the director: the form, what its button says, the verb.
STEPS = {
    "suspend": (forms.ReasonForm, supervision.suspend),
    "resume": (forms.NoteForm, supervision.resume),
    "revoke": (forms.RevokeForm, supervision.revoke),
    "unrevoke": (forms.NoteForm, supervision.unrevoke),
}


@for_whom(HEAD)
def mark_step(request, pk, step):
    mark = get_object_or_404(Mark, pk=pk)
    if step not in STEPS:
        raise Http404
    form_class, verb = STEPS[step]
    label = next(move.label for move in workflow.marks if move.name == step)
    form = sent(request, form_class)
    given = form.cleaned_data if request.method == "POST" and form.is_valid() else {}
    if done(request, form, verb, f"{label}: zapisano.", mark_id=pk, **given):
        return redirect("quality_mark:mark_desk", pk)
    return form_page(request, form=form, title=f"{label}: {mark.number}", back=back_to(mark), button=label)


@for_whom(OFFICE)
def mark_review(request, pk):
    mark = get_object_or_404(Mark, pk=pk)
    form = sent(request, forms.ReviewForm)
    given = form.cleaned_data if request.method == "POST" and form.is_valid() else {}
    if done(request, form, watching.review, "Przegląd zapisany.", mark_id=pk, **given):
        return redirect("quality_mark:mark_desk", pk)
    title = f"Przegląd roczny {timezone.localdate().year}: {mark.number}"
    return form_page(request, form=form, title=title, back=back_to(mark), button="Zapisz przegląd")


@for_whom(OFFICE)
def report_desk(request, pk):
    report = get_object_or_404(MisuseReport.objects.select_related(*_parties("mark__")), pk=pk)
    if report.mark and is_own(request.user, report.mark.offer.organisation):
        raise Http404
    form = sent(request, forms.SettleForm)
    outcome = form.cleaned_data["outcome"] if request.method == "POST" and form.is_valid() else ""
    given = {"report_id": pk, "outcome": outcome}
    if done(request, form, watching.settle_report, "Zgłoszenie załatwione.", **given):
        return redirect("quality_mark:marks")
    answer = f"\nOdpowiedź na: {report.email}" if report.email else ""
    text = f"{report.number or 'bez numeru'} · {report.place}\n{report.message}{answer}"
    return form_page(request, form=form, title="Zgłoszenie nadużycia", back=home(), button="Załatw", text=text)


def _parties(prefix):
    return [f"{prefix}offer__organisation__{party}" for party in ("institution", "unit")]
