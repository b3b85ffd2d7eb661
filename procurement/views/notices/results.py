"""How an order ended: results part by part, and reports on what was kept."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from procurement.choices import NoticeState, Outcome
from procurement.forms.notices import AwardForm, PerformanceForm
from procurement.notices.winners import found
from procurement.use_cases.notices import results
from procurement.views.notices.doors import with_notice, with_page

WHOLE = 0


@with_page
def result_list(request, notice):
    """What has a result, what has not yet, and what is reported of each contract."""
    if notice.state not in NoticeState.public():
        raise Http404
    awards = {award.part_id: award for award in notice.awards.all()}
    parts = list(notice.parts.all())
    lines = [(part.number, str(part), awards.get(part.pk)) for part in parts] or [
        (WHOLE, notice.subject, awards.get(None))
    ]
    return render(request, "procurement/notices/results.html", {"notice": notice, "lines": lines})


@accepts("GET", "HEAD", "POST")
@with_notice()
def result(request, notice, number):
    """The result of one part, or of a notice without parts (number 0)."""
    part = notice.parts.filter(number=number).first()
    if notice.state not in NoticeState.public() or (part is None) != (number == WHOLE and not notice.parts.exists()):
        raise Http404
    award = notice.awards.filter(part=part).first()
    data = request.POST if request.method == "POST" else None
    form = AwardForm(data, is_correction=award is not None, initial=_initial(award))
    context = {"notice": notice, "part": part, "award": award, "form": form}
    if data is not None and form.is_valid():
        if "szukaj" in data:
            form.candidates = _candidates(form.cleaned_data)
            return render(request, "procurement/notices/result.html", context)
        if _settled(request, notice, part, form):
            return redirect("procurement:results", notice.pk)
    return render(request, "procurement/notices/result.html", context, status=422 if form.errors else 200)


def _settled(request, notice, part, form):
    chosen = request.POST.get("supplier", "")
    supplier = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 12 else None
    try:
        award = results.settle(
            notice_id=notice.pk, part_id=part.pk if part else None, supplier_id=supplier, actor=request.user,
            now=timezone.now(), **form.given,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    done = f"Zapisano: {award}." if award.outcome == Outcome.AWARDED else "Zapisano unieważnienie."
    messages.success(request, done)
    return True


def _candidates(cleaned):
    return found(nip=cleaned.get("supplier_nip", ""), name=cleaned.get("supplier_name", ""))


def _initial(award):
    if award is None:
        return {"outcome": Outcome.AWARDED}
    names = ("outcome", "decided_on", "supplier_nip", "supplier_name", "reason", *results.NUMBERS)
    said = {True: "tak", False: "nie", None: ""}[award.was_pes]
    return {name: getattr(award, name) for name in names} | {"said_pes": said}


@accepts("GET", "HEAD", "POST")
@with_notice()
def performance(request, notice, award_id):
    """What is known of a contract so far, and one more report."""
    award = notice.awards.filter(pk=award_id, outcome=Outcome.AWARDED).select_related("part").first()
    if award is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = PerformanceForm(data, initial={"reported_on": timezone.localdate()})
    if data is not None and form.is_valid():
        try:
            results.report(award_id=award.pk, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, "Sprawozdanie jest zapisane.")
            return redirect("procurement:performance", notice.pk, award.pk)
    reports = list(award.reports.all())
    context = {"notice": notice, "award": award, "reports": reports, "form": form}
    context["is_over"] = any(report.is_final for report in reports)
    return render(request, "procurement/notices/performance.html", context, status=422 if form.errors else 200)
