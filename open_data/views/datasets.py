"""Pages for people: what there is, what it holds, and how it stood on any day."""

from django.db.models import Count, Max
from django.db.models.functions import TruncMonth
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS

from open_data import datasets
from open_data.changes.since import changes_since
from open_data.choices import Format
from open_data.citation import citation
from open_data.licences import licence
from open_data.models import Dump
from open_data.structured_data import catalogue_data, dataset_data
from open_data.versions import versioned
from registry.cards.structured_data import json_ld

ABOVE = [{"label": "Otwarte dane", "url": "/otwarte-dane/"}]


@versioned
def index(request):
    dumps = list(Dump.objects.of_newest_day())
    context = {
        "rows": [_line(one, [dump for dump in dumps if dump.dataset == one.slug]) for one in datasets.all_datasets()],
        "day": dumps[0].day if dumps else None,
        "made_at": dumps[0].made_at if dumps else None,
        "is_old": bool(dumps) and dumps[0].day < timezone.localdate(),
        "licence": licence(),
        "data": json_ld(catalogue_data()),
    }
    return render(request, "open_data/index.html", context)


@versioned
def dataset(request, dataset):
    """The newest files, the columns and the way to former days."""
    found = _found(dataset)
    day = Dump.objects.filter(dataset=found.slug).aggregate(newest=Max("day"))["newest"]
    return render(request, "open_data/dataset.html", _context(found, day) | {"years": _years(found)})


@versioned
def of_day(request, dataset, day):
    found = _found(dataset)
    context = _context(found, day)
    if not context["files"]:
        beside = Dump.objects.filter(dataset=found.slug)
        before = beside.filter(day__lt=day).order_by("-day").values_list("day", flat=True).first()
        after = beside.filter(day__gt=day).order_by("day").values_list("day", flat=True).first()
        context |= {"beside": [one for one in (before, after) if one]}
        return render(request, "open_data/no_day.html", context, status=404)
    return render(request, "open_data/day.html", context)


@versioned
def of_month(request, dataset, year_month):
    """`year_month` is its first day."""
    found = _found(dataset)
    rows = Dump.objects.filter(
        dataset=found.slug, format=Format.CSV, day__year=year_month.year, day__month=year_month.month
    )
    days = list(rows.select_related("content").order_by("-day"))
    if not days:
        raise Http404
    heading = f"{MONTHS[year_month.month].lower()} {year_month.year}"
    context = {"dataset": found, "days": days, "heading": heading, "links": [*ABOVE, _link(found)]}
    return render(request, "open_data/month.html", context)


def _found(slug):
    try:
        return datasets.find(slug)
    except LookupError:
        raise Http404 from None


def _link(found):
    return {"label": found.title, "url": f"/otwarte-dane/{found.slug}/"}


def _context(found, day):
    files = _in_order(Dump.objects.of(found.slug, day)) if day else []
    return {
        "dataset": found,
        "day": day,
        "files": files,
        "made_at": files[0].made_at if files else None,
        "rows": files[0].rows if files else None,
        "licence": licence(),
        "changes": changes_since(files[0], found) if files else "",
        "citation": citation(found, files[0]) if files else "",
        "links": ABOVE,
        "above": [*ABOVE, _link(found)],
        "data": json_ld(dataset_data(found, files)),
    }


def _line(one, dumps):
    files = _in_order(dumps)
    return {"dataset": one, "files": files, "rows": files[0].rows if files else None}


def _in_order(dumps):
    """As a data set names its formats."""
    order = list(Format)
    return sorted(dumps, key=lambda dump: order.index(dump.kind))


def _years(found):
    """[(year, [(month in words, how many days, address)])], the newest first."""
    months = Dump.objects.filter(dataset=found.slug).annotate(month=TruncMonth("day")).values("month")
    years = {}
    for row in months.annotate(days=Count("day", distinct=True)).order_by("-month"):
        month = row["month"]
        line = (MONTHS[month.month].lower(), row["days"], reverse("open_data:of_month", args=[found.slug, month]))
        years.setdefault(month.year, []).append(line)
    return list(years.items())
