""" "Zgłoś błąd" by anybody, and the page at which whoever did sees what came of it."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core import antispam, links
from core.exceptions import Refused
from core.http import accepts, count_calls, who_asks
from core.link_pages import opened
from registry.choices import Suspicion
from registry.forms import ErrorReportForm
from registry.models import ErrorReport, Offer, Organisation
from registry.use_cases.reports import REPORT, report_error
from registry.views.old_addresses import follows_old_addresses

PER_HOUR, A_DAY = 5, 10


@accepts("GET", "HEAD", "POST")
@follows_old_addresses("registry:error_report")
def error_report(request, slug):
    """Anybody may tell what is wrong in a published card, five times an hour; `?oferta=` names one of its offers."""
    organisation = _published(slug)
    offer = _offer(organisation, request.GET.get("oferta", ""))
    form = ErrorReportForm(
        request.POST if request.method == "POST" else None, initial={"subject": "oferta" if offer else ""}
    )
    who = who_asks("error-report", request)
    if (
        request.method == "POST"
        and form.is_valid()
        and not antispam.held_back(form, "error-report", who, limit=PER_HOUR, seconds=3600)
    ):
        many = count_calls("error-report-day", who, seconds=86_400) > A_DAY
        try:
            report = report_error(
                organisation_id=organisation.pk,
                offer_id=offer and offer.pk,
                suspicion=Suspicion.TRAP if form.is_from_machine else Suspicion.MANY if many else "",
                now=timezone.now(),
                **{name: form.cleaned_data[name] for name in ("message", "email", "subject")},
            )
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            thanks = reverse("registry:error_report_thanks", args=[slug])
            return redirect(f"{thanks}?numer={links.token(REPORT, report)}")
    context = {"organisation": organisation, "offer": offer, "form": form, "days": settings.ERROR_REPORT_ANSWER_DAYS}
    return antispam.shown(request, "registry/error_report.html", context, form)


@follows_old_addresses("registry:error_report_thanks")
def error_report_thanks(request, slug):
    """What happens next and by when; `?numer=` is the link of the report that was just left."""
    report = links.find(REPORT, request.GET.get("numer", "")[:200], ErrorReport.objects.all())
    context = {"organisation": _published(slug), "until": answer_by(report) if report else None}
    if report:
        context["state_url"] = reverse("registry:report_state", args=[links.token(REPORT, report)])
    response = render(request, "registry/error_report_thanks.html", context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@opened(REPORT, ErrorReport.objects.with_party)
def report_state(request, report, token):
    """How a report stands, for whoever holds its link."""
    organisation = report.organisation
    context = {"report": report, "organisation": organisation, "until": answer_by(report)}
    return render(request, "registry/report_state.html", context)


def answer_by(report):
    return timezone.localdate(report.created_at) + timedelta(days=settings.ERROR_REPORT_ANSWER_DAYS)


def _published(slug):
    organisation = Organisation.objects.published().with_party().filter(slug=slug).first()
    if organisation is None:
        raise Http404
    return organisation


def _offer(organisation, text):
    """The offer of this card that the address names; anything else means the card as a whole."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    return Offer.objects.living().filter(pk=int(text), organisation=organisation).first()
