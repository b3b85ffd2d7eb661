"""Counts for coordinators, and the file for the funding authority."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts, paginate
from core.templatetags.portal import number
from events.day.counts import GROUPS, figures, figures_by
from events.day.counts_workbook import workbook
from events.day.funding_export import counted, funding_csv
from events.day.missing import rows_of_edition
from events.forms.counting import CountForm, ReasonForm
from events.use_cases.day.handing_on import note_handing_on
from events.views.day.pages import posted
from events.views.doors import edition_of, for_coordinators

_COLUMNS = (
    ("events", "Wydarzenia"),
    ("planned_people", "Plan osób"),
    ("signed_up", "Zapisani"),
    ("participations", "Obecni (udziały)"),
    ("people", "Osoby"),
    ("institutions", "Instytucje"),
    ("hours", "Godziny"),
)
PER_PAGE = 100
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_coordinators
def event_counts(request):
    form = CountForm(request.GET)
    if not form.is_valid():
        return render(request, "events/day/counts.html", {"form": form})
    group = form.cleaned_data["wedlug"] or "wydarzenie"
    given = form.given()
    page = paginate(request, figures_by(group, **given), PER_PAGE)
    total = figures(**given)
    context = {
        "form": form,
        "figures": [
            {"label": "wydarzenia", "value": total.events},
            {"label": "osoby, każda raz", "value": total.people},
            {"label": "instytucje, każda raz", "value": total.institutions},
            {"label": "udziały", "value": total.participations},
        ],
        "columns": [{"label": GROUPS[group]}, *({"label": label, "numeric": True} for _, label in _COLUMNS)],
        "rows": [_row(line) for line in page.object_list],
        "page": page,
        "caption": f"Według: {GROUPS[group].lower()}",
        "total": _row(total),
        "query": request.GET.urlencode(),
    }
    return render(request, "events/day/counts.html", context)


@for_coordinators
def event_counts_workbook(request):
    form = CountForm(request.GET)
    if not form.is_valid():
        reasons = "".join(f"{name}: {', '.join(errors)}\n" for name, errors in form.errors.items())
        return HttpResponse(reasons, content_type="text/plain; charset=utf-8", status=400)
    response = HttpResponse(workbook(**form.given()), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="statystyki-wydarzen-{timezone.localdate()}.xlsx"'
    return response


@accepts("GET", "HEAD", "POST")
@for_coordinators
def funding_export(request, slug):
    """A page that asks why; the answer to its form is the file, which is kept nowhere."""
    edition = edition_of(slug)
    form = ReasonForm(posted(request)[0])
    groups = counted(edition)
    people = len({rows[0].participant_id for rows in groups})
    if request.method == "POST" and form.is_valid():
        try:
            note_handing_on(
                edition=edition, people=people, actor=request.user, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            response = HttpResponse(funding_csv(edition, groups), content_type="text/csv; charset=utf-8")
            response["Content-Disposition"] = f'attachment; filename="sm-efs-{edition.slug}.csv"'
            response["Cache-Control"] = "private, no-store"
            return response
    context = {
        "edition": edition,
        "form": form,
        "count": people,
        "incomplete": sum(1 for row in rows_of_edition(edition) if row.missing),
        "has_pesel": edition.asks_for("pesel"),
    }
    return render(request, "events/day/funding_export.html", context, status=422 if form.errors else 200)


def _row(line):
    numbers = [getattr(line, name) for name, _ in _COLUMNS]
    hours = f"{line.hours:.1f}".replace(".", ",").removesuffix(",0")
    return [line.label, *(number(value) for value in numbers[:-1]), hours]
