"""Whether a mark is real, and how it stands on a day: as a page, as JSON, as a badge for pages of others."""

import re
from datetime import date

from django.db.models import Case, Value, When
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from quality_mark.choices import Standing
from quality_mark.models import Mark
from quality_mark.register import noted, rows
from quality_mark.register.badge import badge_svg
from quality_mark.register.numbers import number_of, page_of
from quality_mark.register.reading import told_mark
from quality_mark.register.standing import on_day
from quality_mark.register.structured_data import mark_data
from quality_mark.register.versions import kept, noted_of, row_of, versioned, versioned_by_row
from quality_mark.views.register import BADGES, organisation_url
from registry.cards.old_addresses import all_lead_to
from registry.models import Organisation

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
LARGEST_ID = 2**63
# One look has to be enough: the box says it by its colour, its words, and a badge.
TONES = {Standing.VALID: "good", Standing.SUSPENDED: "warn", Standing.EXPIRED: "bad", Standing.REVOKED: "bad"}
WRONG_DAY = "Podaj dzień w postaci RRRR-MM-DD, na przykład 2026-11-30."


@versioned
def search(request):
    """Where one types a number that stands on a packaging."""
    typed = request.GET.get("numer", "")
    meant = number_of(typed)
    if meant and Mark.objects.filter(number=meant).exists():
        return redirect(page_of(meant))
    if typed.strip():
        found = noted.by_number(typed.strip()[:60], timezone.localdate())
        return redirect(page_of(found[0].number)) if found else _unknown(request, typed)
    return render(request, "quality_mark/register/search.html", {"typed": ""})


@versioned
def of_offer(request, pk):
    """From a badge in a list, where no number is known, to the mark that the offer has today, or had last."""
    rows = Mark.objects.filter(offer=pk) if pk < LARGEST_ID else Mark.objects.none()
    number = _best(rows).values_list("number", flat=True).first()
    if number is None:
        return _noted(request, noted.of_offer(pk, timezone.localdate()) if pk < LARGEST_ID else [])
    return redirect(page_of(number))


@versioned
def of_organisation(request, pk):
    """The same from the badge of a card: its only valid mark, or all its marks in the register."""
    rows = Mark.objects.filter(offer__organisation=pk) if pk < LARGEST_ID else Mark.objects.none()
    told = list(_best(rows).values_list("number", "standing", "offer__organisation__slug")[:100])
    if not told and (kept := _merged_into(pk)):
        return redirect("quality_mark:marks_of_organisation", kept, permanent=True)
    if not told:
        return _noted(request, noted.of_organisation(pk, timezone.localdate()) if pk < LARGEST_ID else [])
    valid, slug = [number for number, standing, _ in told if standing == Standing.VALID], told[0][2]
    return redirect(page_of(valid[0]) if len(valid) == 1 else f"{reverse('quality_mark:register')}?podmiot={slug}")


def _merged_into(pk):
    """The number of the card that this one went into, or None."""
    went = (
        Organisation.objects.filter(pk=pk, merged_into__isnull=False)
        if pk < LARGEST_ID
        else Organisation.objects.none()
    )
    slug = went.values_list("slug", flat=True).first()
    return slug and all_lead_to([slug]).get(slug)


def _best(marks):
    is_over = Case(When(standing=Standing.VALID, then=Value(0)), default=Value(1))
    return marks.standing_on(timezone.localdate()).order_by(is_over, "-valid_until", "-pk")


@versioned_by_row
@kept
def verification(request, number):
    mark = _found(request, number)
    if mark is None:
        found = noted_of(request, number)
        return _noted(request, found) if found else _unknown(request, number)
    if number != number_of(number).replace("/", "-"):
        return redirect(page_of(mark.number))
    today = timezone.localdate()
    asked = request.GET.get("dzien", "").strip()
    day = _day(asked) if asked else today
    stand = on_day(mark, day or today)
    name_then = _name_then(mark)
    context = {
        "mark": mark,
        "stand": stand,
        "badge": BADGES[stand.status] if stand else "",
        "tone": TONES[stand.status] if stand else "",
        "day": day or today,
        "is_today": (day or today) == today,
        "asked": asked[:40],
        "error": "" if day else WRONG_DAY,
        "row": rows.row(mark, today),
        "maker_url": organisation_url(mark),
        "name_then": name_then,
        "history": [one | {"on": date.fromisoformat(one["on"]), "until": _date(one)} for one in rows.history(mark)],
        "json_url": page_of(mark.number).removesuffix("/") + ".json",
        "data": mark_data(mark, stand, absolute=request.build_absolute_uri),
    }
    return render(request, "quality_mark/register/verification.html", context, status=200 if day else 422)


@versioned_by_row
def verification_json(request, number):
    mark = _found(request, number)
    if mark is None:
        response = _noted_json(request, noted_of(request, number))
        response["Access-Control-Allow-Origin"] = "*"
        return response
    today = timezone.localdate()
    asked = request.GET.get("dzien", "").strip()
    day = _day(asked) if asked else today
    if day is None:
        return HttpResponse(f"dzien: {WRONG_DAY}\n", content_type="text/plain; charset=utf-8", status=400)
    line = rows.row(mark, day, site=request.build_absolute_uri("/").rstrip("/"))
    more = {
        "checked_at": timezone.localtime().isoformat(timespec="seconds"),
        "day": day.isoformat(),
        "note": mark.public_note if line["status"] == "odebrany" else "",
        "history": rows.history(mark),
    }
    response = JsonResponse(line | more, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


@versioned_by_row
@kept
def badge(request, number):
    mark = _found(request, number)
    if mark is None:
        return HttpResponse("Nie ma znaku o tym numerze.", content_type="text/plain; charset=utf-8", status=404)
    return HttpResponse(badge_svg(mark, on_day(mark, timezone.localdate())), content_type="image/svg+xml")


def _found(request, number):
    row = row_of(request, number)
    return told_mark(number_of(number), row) if row else None


def _noted(request, found):
    """What the catalogue says of badges without a mark of this portal; 404 when it says nothing."""
    if not found:
        raise Http404
    return render(request, "quality_mark/register/noted.html", {"noted": found, "note": noted.NOTE})


def _noted_json(request, found):
    if not found:
        return JsonResponse({"error": "Nie ma znaku o tym numerze."}, status=404)
    more = {
        "checked_at": timezone.localtime().isoformat(timespec="seconds"),
        "day": timezone.localdate().isoformat(),
        "note": noted.NOTE,
        "history": [],
    }
    line = found[0].row(request.build_absolute_uri("/").rstrip("/"))
    return JsonResponse(line | more, json_dumps_params={"ensure_ascii": False})


def _unknown(request, typed):
    """A number that we never gave: how to tell a forgery, and where to look again."""
    shown = typed.replace("\0", "").replace("-", "/")[:40]
    return render(request, "quality_mark/register/unknown.html", {"typed": shown}, status=404)


def _day(text):
    try:
        return date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else None
    except ValueError:
        return None


def _date(one):
    return date.fromisoformat(one["until"]) if "until" in one else None


def _name_then(mark):
    """The name under which the mark was granted, when it is another one today."""
    licences = list(mark.licences.all())
    name = licences[0].application.applicant.get("name", "") if licences else ""
    return name if name and name != mark.offer.organisation.party.name else ""
