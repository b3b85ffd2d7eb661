"""Reports for everybody: of the region and of one authority."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from procurement.figures.asking import ReportForm
from procurement.figures.parts import parts
from procurement.figures.report import Report
from procurement.figures.words import facts
from procurement.figures.workbook import workbook
from procurement.models import ContractingAuthority
from procurement.outlets.versions import versioned_page

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@versioned_page
def region_report(request):
    return _page(request, buyer=None)


@versioned_page
def buyer_report(request, slug):
    return _page(request, buyer=_buyer(slug))


@versioned_page
def region_workbook(request):
    return _file(request, buyer=None, name="zamowienia-regionu")


@versioned_page
def buyer_workbook(request, slug):
    return _file(request, buyer=_buyer(slug), name=f"zamowienia-{slug}")


def _page(request, *, buyer):
    form = ReportForm(request.GET)
    report = Report(form, buyer=buyer) if form.is_valid() else None
    address = (
        reverse("procurement:buyer_workbook", args=[buyer.slug]) if buyer else reverse("procurement:region_workbook")
    )
    query = request.GET.urlencode()
    context = {
        "form": form,
        "buyer": buyer,
        "report": report,
        "title": f"Statystyki zamówień: {buyer}" if buyer else "Statystyki zamówień w regionie",
        "workbook_url": f"{address}?{query}" if query else address,
    }
    if report:
        context |= {"parts": parts(report), "facts": facts(report.total), "scope": _scope(form)}
    return render(request, "procurement/reports/report.html", context)


def _file(request, *, buyer, name):
    form = ReportForm(request.GET)
    if not form.is_valid():
        return HttpResponse(form.reasons, content_type="text/plain; charset=utf-8", status=400)
    response = HttpResponse(workbook(Report(form, buyer=buyer)), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate()}.xlsx"'
    return response


def _buyer(slug):
    buyer = ContractingAuthority.objects.with_institution().filter(slug=slug).first()
    if buyer is None:
        raise Http404
    return buyer


def _scope(form):
    """ "Rok 2026, powiat świdnicki"."""
    asked = form.cleaned_data
    words = [
        f"Rok {asked['year']}" if asked["year"] else "Wszystkie lata",
        form.counties.get(asked["powiat"], ""),
        form.divisions.get(asked["dzial"], ""),
    ]
    return ", ".join(filter(None, words))
