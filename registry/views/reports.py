from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.exceptions import Refused
from core.http import accepts, throttle, visitor_address
from registry.forms import ErrorReportForm
from registry.models import Organisation
from registry.use_cases.reports import report_error

PER_HOUR = 5


@accepts("GET", "HEAD", "POST")
def error_report(request, slug):
    """ "Zgłoś błąd": anybody may tell what is wrong in a published card, five times an hour."""
    organisation = _published(slug)
    form = ErrorReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.is_from_machine:
            return redirect("registry:error_report_thanks", slug=slug)
        throttle("error-report", _who(request), limit=PER_HOUR, seconds=3600)
        try:
            report_error(
                organisation_id=organisation.pk,
                message=form.cleaned_data["message"],
                email=form.cleaned_data["email"],
                now=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("registry:error_report_thanks", slug=slug)
    context = {"organisation": organisation, "form": form}
    return render(request, "registry/error_report.html", context, status=422 if form.errors else 200)


def error_report_thanks(request, slug):
    return render(request, "registry/error_report_thanks.html", {"organisation": _published(slug)})


def _published(slug):
    organisation = Organisation.objects.published().with_party().filter(slug=slug).first()
    if organisation is None:
        raise Http404
    return organisation


def _who(request):
    # Not the address itself: the cache only has to know that it is the same one.
    return salted_hmac("error-report", visitor_address(request)).hexdigest()
