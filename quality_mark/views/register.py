"""The mark for everybody: what it is, who holds it, and files of the register."""

import csv
import io
import json
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.http import paginate
from core.templatetags.portal import date_words
from quality_mark.applying import eligibility
from quality_mark.choices import Standing
from quality_mark.filters import LABELS, LINKED_LABELS, RegisterFilter
from quality_mark.models import FormalCriterion, Intake, Mark
from quality_mark.register import rows
from quality_mark.register.versions import versioned
from quality_mark.views.register_map import map_context
from quality_mark.views.rules import kinds_of

PER_PAGE = 30
BADGES = {Standing.VALID: "mark", Standing.EXPIRED: "", Standing.SUSPENDED: "warn", Standing.REVOKED: "bad"}


@versioned
def about(request):
    """What the mark is, how one gets it, and whether applications are taken."""
    today = timezone.localdate()
    rules, intake = eligibility.rules_on(today), eligibility.intake_on(today)
    coming = Intake.objects.filter(announced_at__isnull=False, opens_on__gt=today).order_by("opens_on").first()
    context = {
        "rules": rules,
        "intake": intake,
        "coming": None if intake else coming,
        "criteria": FormalCriterion.objects.filter(rulebook=rules) if rules else [],
        "kinds": kinds_of(rules),
        "valid": Mark.objects.standing_on(today).filter(standing=Standing.VALID).count(),
    }
    return render(request, "quality_mark/register/about.html", context)


@versioned
def register(request):
    today = timezone.localdate()
    found = RegisterFilter(request.GET, today=today)
    is_map = found.view == "mapa"
    page = paginate(request, found.found.told(), PER_PAGE)
    context = {
        "map": map_context(request, found, page.paginator.count) if is_map and found.is_valid() else None,
        "linked": _linked(request, found),
        "found": found,
        "page": page,
        "total": page.paginator.count,
        "rows": [_line(mark, today) for mark in page],
        "groups": [_group(found, name) for name in LABELS],
        "chosen": sum(len(found.chosen[name]) for name in LABELS),
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
    }
    fragment = request.htmx and not request.htmx.history_restore_request
    return render(request, f"quality_mark/register/list.html{'#found' if fragment else ''}", context)


@versioned
def register_export(request, extension):
    """The whole result of a query string. An unusable filter is answered by 400 and why."""
    if extension not in ("csv", "json"):
        raise Http404
    today = timezone.localdate()
    found = RegisterFilter(request.GET, today=today)
    if not found.is_valid():
        return HttpResponse(found.reasons, content_type="text/plain; charset=utf-8", status=400)
    site = request.build_absolute_uri("/").rstrip("/")
    told = [(mark, rows.row(mark, today, site=site)) for mark in found.found.told()]
    if extension == "csv":
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, [*rows.COLUMNS, *rows.MORE])
        writer.writeheader()
        writer.writerows(line for _, line in told)
        response = HttpResponse(buffer.getvalue(), content_type="text/csv; charset=utf-8")
    else:
        checked = timezone.now().isoformat(timespec="seconds")
        lines = [line | {"checked_at": checked, "history": rows.history(mark)} for mark, line in told]
        response = HttpResponse(json.dumps(lines, ensure_ascii=False), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="znaki-{today}.{extension}"'
    return response


def _linked(request, found):
    """[(filter, value, words, address without it)] of filters that no panel shows."""
    told = []
    for name in LINKED_LABELS:
        for value in found.chosen[name]:
            query = request.GET.copy()
            query.setlist(name, [one for one in query.getlist(name) if one != value])
            query.pop("page", None)
            told.append((name, value, found.known[name][value], f"?{query.urlencode()}"))
    return told


def _line(mark, today):
    line = rows.row(mark, today)
    status = Standing(line["status"]) if line["status"] else None
    return {
        "mark": mark,
        "url": line["url"],
        "maker": line["organisation"],
        "maker_url": organisation_url(mark),
        "meta": " · ".join(filter(None, [line["category"], line["powiat"], f"nr {mark.number}"])),
        "badge": BADGES.get(status, ""),
        "status": status.label if status else "jeszcze nie obowiązuje",
        "when": _when(mark, line),
        "renewals": line["renewals"],
    }


def _when(mark, line):
    """Until when it is valid, or since when it is not."""
    if line["status"] == Standing.VALID:
        return f"do {date_words(mark.valid_until)}"
    return f"od {date_words(date.fromisoformat(line['status_since']))}" if line["status"] else ""


def organisation_url(mark):
    """The card of the holder, when it is public."""
    organisation = mark.offer.organisation
    return organisation.get_absolute_url() if organisation.published_at else ""


def _group(found, name):
    """A filter with its counts, values that would find nothing left out unless they are chosen."""
    counts, on = found.counts(name), found.chosen[name]
    options = [
        {"value": value, "label": label, "count": counts.get(value, 0), "checked": value in on}
        for value, label in found.known[name].items()
        if value in on or counts.get(value)
    ]
    return {
        "name": name,
        "label": LABELS[name],
        "options": sorted(options, key=lambda one: not one["checked"]),
        "open": bool(on) or name == "status",
        "error": found.errors.get(name, ""),
    }
