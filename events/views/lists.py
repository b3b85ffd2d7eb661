from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.http import paginate
from events.calendar import months, panel, pdf, rows
from events.calendar.listing import Listing
from events.calendar.months import Month
from events.calendar.schedule import schedule
from events.calendar.versions import versioned
from events.filters import EventFilter

PER_PAGE = 20


@versioned
def event_list(request):
    """Coming events, or those of any time asked for. htmx gets the result and its filters alone."""
    now = timezone.now()
    found = EventFilter(request.GET, now=now)
    total = found.qs.order_by().count()
    page = paginate(request, Listing(found.qs), PER_PAGE, count=total)
    terms = found.search.words if found.search else []
    context = {
        "found": found,
        "total": total,
        "page": page,
        "rows": [rows.event_row(event, terms=terms, now=now) for event in page],
        "groups": panel.groups(found),
        "days": panel.days(found),
        "chips": panel.chips(found),
        "chosen": len(panel.chosen(found)),
        "errors": found.errors_by_name,
        "q": found.data.get("q", ""),
        "query": panel.address(found.data).removesuffix("?"),
        "clear_url": panel.address(found.data, clear=[name for name in found.filters if name != "q"]),
        "month": Month.of(timezone.localdate(now)),
    }
    fragment = request.htmx and not request.htmx.history_restore_request
    return render(request, f"events/event_list.html{'#found' if fragment else ''}", context)


@versioned
def year_index(request, year):
    """The months of a year with the number of events in each."""
    if year not in months.YEARS:
        raise Http404
    counts = months.counts_of(year)
    known = months.years()
    context = {
        "year": year,
        "counts": counts,
        "total": sum(count for _, count in counts),
        "years": known or [year],
        "previous": year - 1 if year - 1 in known else None,
        "following": year + 1 if year + 1 in known else None,
    }
    return render(request, "events/year_index.html", context)


@versioned
def month_schedule(request, year, month):
    """The schedule of one month as a table."""
    shown = _month(year, month)
    context = {
        "month": shown,
        "schedule": schedule(months.days_of(shown), now=timezone.now()),
        "previous": shown.previous if shown.previous.is_known else None,
        "following": shown.following if shown.following.is_known else None,
    }
    return render(request, "events/month_schedule.html", context)


@versioned
def month_document(request, year, month):
    """The same schedule as a PDF for people and printers."""
    shown = _month(year, month)
    content = pdf.month_schedule(schedule(months.days_of(shown), now=timezone.now()), month=shown)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="harmonogram-{year}-{month:02}.pdf"'
    return response


def _month(year, month):
    shown = Month(year, month)
    if not shown.is_known:
        raise Http404
    return shown
