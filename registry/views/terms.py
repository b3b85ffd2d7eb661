"""Terms of one organisation for those who act for it and for coordinators: its whole axis of time, reports to note."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.permissions import Action, may, may_enter_admin
from core.exceptions import Refused
from core.http import accepts
from registry.cards import reading
from registry.choices import Verifier
from registry.models import StatusReport
from registry.timeline import moments
from registry.use_cases.status_reports import note_report
from registry.views.old_addresses import follows_old_addresses


class SentForm(forms.Form):
    sent_on = forms.DateField(
        label="Wysłano dnia",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Podaj dzień wysłania.", "invalid": "Podaj dzień jako rok-miesiąc-dzień."},
    )


@accepts("GET", "HEAD", "POST")
@login_required
@follows_old_addresses("registry:organisation_terms")
def organisation_terms(request, slug):
    organisation = reading.organisation_by_slug(slug)
    if (
        organisation is None
        or organisation.removed_at
        or not may(request.user, Action.MANAGE_COLLEAGUES, organisation)
    ):
        raise Http404
    now = timezone.now()
    reports = _reports(organisation)
    form, chosen = None, None
    if request.method == "POST":
        chosen = next((one for one in reports if str(one.pk) == request.POST.get("sprawozdanie")), None)
        if chosen is None:
            raise Http404
        form = SentForm(request.POST, prefix=str(chosen.pk))
        if form.is_valid() and _noted(request, chosen, form, now):
            messages.success(request, f"Zapisano: sprawozdanie za rok {chosen.year} jest wysłane.")
            return redirect("registry:organisation_terms", organisation.slug)
    owed = [(one, form if one is chosen else SentForm(prefix=str(one.pk))) for one in reports if one.sent_on is None]
    context = {
        "organisation": organisation,
        "owed": owed,
        "sent": [one for one in reports if one.sent_on],
        "moments": moments(organisation, today=timezone.localdate(now), full=True),
        "today": timezone.localdate(now),
    }
    return render(request, "panel/terms.html", context, status=422 if form and form.errors else 200)


def _reports(organisation):
    if organisation.unit_id:
        return []
    return list(StatusReport.objects.of_institution(organisation.institution_id))


def _noted(request, report, form, now):
    office = may_enter_admin(request.user)
    try:
        note_report(
            report_id=report.pk,
            sent_on=form.cleaned_data["sent_on"],
            noted_as=Verifier.COORDINATOR if office else Verifier.REPRESENTATIVE,
            actor=request.user,
            now=now,
        )
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        return False
    return True
