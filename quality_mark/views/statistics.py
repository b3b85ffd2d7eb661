"""Figures of the mark for the office, as a page and as a workbook."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.permissions import Action
from quality_mark.register import figures
from quality_mark.register.tables import parts
from quality_mark.register.workbook import workbook
from quality_mark.views.supervision.doors import for_whom

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
for_office = for_whom(Action.HANDLE_MARK, Action.DECIDE_ON_MARK, methods=("GET", "HEAD"))


@for_office
def statistics(request):
    """An unknown year finds nothing and is named."""
    years, year, unknown = _asked(request)
    refusals = [] if unknown else figures.refusals(year)
    context = {
        "years": [row[0] for row in years],
        "year": year,
        "unknown": unknown,
        "parts": [] if unknown else parts(years, refusals, year),
        "refusals": refusals,
    }
    return render(request, "quality_mark/supervision/statistics.html", context)


@for_office
def statistics_file(request):
    years, year, unknown = _asked(request)
    if unknown:
        return HttpResponse(f"rok: {unknown}\n", content_type="text/plain; charset=utf-8", status=400)
    response = HttpResponse(workbook(years, year), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="znak-statystyki-{timezone.localdate()}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


def _asked(request):
    """(rows of all years, the year asked for or None, what was asked for when there is no such year)."""
    years = figures.by_year()
    asked = request.GET.get("rok", "")[:40]
    year = next((row[0] for row in years if str(row[0]) == asked), None)
    return years, year, asked if asked and year is None else ""
