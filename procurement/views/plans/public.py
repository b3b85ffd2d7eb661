"""The plans of an authority and its units in one year, as everybody sees them."""

import csv
import io

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render

from core.http import paginate
from procurement.models import ContractingAuthority, Plan
from procurement.outlets.versions import versioned_page
from procurement.plans import comparison, exports
from procurement.plans.history import histories
from procurement.plans.rows import items, rows, tables
from procurement.views.plans.doors import is_staff
from registry.exports.xlsx import workbook
from registry.spreadsheets import harmless

PER_PAGE, MOST_NEW = 100, 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@versioned_page
def plan_year(request, slug, year):
    authority, plans = _found(slug, year)
    asked = request.GET.get("jednostka", "")
    chosen = next((plan for plan in plans if str(plan.pk) == asked), None)
    shown = [chosen] if chosen else plans
    page = paginate(request, items(version__in=[plan.current_id for plan in shown]).order_by(*_ORDER), PER_PAGE)
    found = list(page.object_list)
    by_plan = {plan.pk: [] for plan in shown}
    for item, row in zip(found, rows(found), strict=True):
        by_plan[item.version.plan_id].append(row)
    last = list(_plans(authority).filter(year=year - 1))
    table, new = comparison.year_against_last(plans, last)
    context = {
        "authority": authority,
        "year": year,
        "plans": plans,
        "chosen": chosen,
        "is_unknown": bool(asked) and chosen is None,
        "page": page,
        "count": page.paginator.count,
        "sheets": [(plan, tables(by_plan[plan.pk])) for plan in shown if by_plan[plan.pk]],
        "histories": histories(shown),
        "comparison": table,
        "has_last": bool(last),
        "new": new[:MOST_NEW],
        "more_new": max(len(new) - MOST_NEW, 0),
        "years": _plans(authority).order_by("-year").values_list("year", flat=True).distinct(),
        "is_staff": is_staff(request),
    }
    return render(request, "procurement/plans/year.html", context)


_ORDER = ("version__plan__unit__name", "version__plan", "order", "pk")


@versioned_page
def plan_year_file(request, slug, year, extension):
    """The same as a table, in columns that an import of a plan reads."""
    authority, plans = _found(slug, year)
    if extension not in ("csv", "xlsx"):
        raise Http404
    lines = exports.lines(plans)
    name = f"plan-{authority.slug}-{year}.{extension}"
    if extension == "xlsx":
        response = StreamingHttpResponse(workbook(lines, title=f"Plan {year}"), content_type=XLSX)
    else:
        response = HttpResponse(_csv(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(lines):
    text = io.StringIO()
    csv.writer(text).writerows([harmless(cell) for cell in line] for line in lines)
    return text.getvalue()


def _plans(authority):
    return Plan.objects.public().filter(authority=authority)


def _found(slug, year):
    authority = get_object_or_404(ContractingAuthority.objects.with_institution(), slug=slug)
    plans = list(
        _plans(authority).filter(year=min(year, 9999)).select_related("unit", "current").order_by("unit__name", "pk")
    )
    if not plans:
        raise Http404
    # Plans of units come after that of the authority itself.
    plans.sort(key=lambda plan: plan.unit_id is not None)
    for plan in plans:
        plan.authority = authority
    return authority, plans
