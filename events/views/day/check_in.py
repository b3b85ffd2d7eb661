"""Checking in on a phone: plain forms that redirect; htmx only spares the page being drawn anew."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from core import links
from core.exceptions import Refused
from core.http import accepts
from core.polish import fold, sort_key
from events.choices import EventState, PresenceKind, RegistrationState
from events.day.words import day_label
from events.forms.attendance import LetInForm, WalkInForm
from events.models import Registration
from events.use_cases.day import attendance, days, walk_ins
from events.views.day.pages import attempt, chosen_day, posted, tabs
from events.views.doors import event_of, for_coordinators

WHO = {"wszyscy": "wszyscy", "brakuje": "jeszcze nie ma", "sa": "są"}


@accepts("GET", "HEAD", "POST")
@for_coordinators
def check_in(request, slug):
    event = event_of(slug)
    now = timezone.now()
    all_days, day = chosen_day(request, event, now)
    if request.method == "POST":
        return _do(request, event, day, now) if day else redirect(request.path)
    people = _people(event, day) if day else []
    counts = _counts(people)
    q, who = request.GET.get("q", "")[:200], request.GET.get("kto", "")
    found = [row for row in people if _fits(row, q, who)]
    context = {
        "event": event,
        "tabs": tabs(event, "check_in"),
        "day": day,
        "day_label": day and day_label(day),
        "days": [
            {"label": day_label(one), "url": f"?{urlencode({'dzien': one.pk})}", "current": one == day}
            for one in all_days
        ],
        "people": found,
        "counts": counts,
        "q": q,
        "who": who if who in WHO else "wszyscy",
        "who_tabs": [
            {"label": label, "count": counts[name], "current": name == (who if who in WHO else "wszyscy"),
             "url": f"?{urlencode({'dzien': day.pk, 'kto': name, 'q': q})}"}
            for name, label in WHO.items()
        ] if day else [],
        "seen": now.timestamp(),
        "finished": day and days.is_finished(event, day),
        "may_mark": event.state in (*EventState.coming(), EventState.HELD),
    }  # fmt: skip
    return render(request, "events/day/check_in.html", context)


@accepts("GET", "HEAD", "POST")
@for_coordinators
def let_in(request, slug, pk):
    """Somebody of the reserve, or who has no place any more, at the door; with a reason when the event is full."""
    event = event_of(slug)
    person = get_object_or_404(event.registrations.select_related("enrolment"), pk=pk)
    _, day = chosen_day(request, event, timezone.now())
    form = LetInForm(posted(request)[0], is_full=event.free_places == 0)
    if request.method == "POST" and day and form.is_valid():
        try:
            walk_ins.let_in(
                registration_id=person.pk, day_id=day.pk, actor=request.user, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(_back(event, day))
    context = {"event": event, "person": person, "day": day, "form": form, "back": _back(event, day)}
    return render(request, "events/day/let_in.html", context, status=422 if form.errors else 200)


@accepts("GET", "HEAD", "POST")
@for_coordinators
def walk_in(request, slug):
    """Somebody who has not signed up: three fields, and a reason when the event is full."""
    event = event_of(slug)
    _, day = chosen_day(request, event, timezone.now())
    # What was searched for in vain is most often the name.
    form = WalkInForm(posted(request)[0], initial={"name": request.GET.get("q", "")}, is_full=event.free_places == 0)
    if request.method == "POST" and day and form.is_valid():
        try:
            walk_ins.walk_in(
                event_id=event.pk, day_id=day.pk, actor=request.user, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(_back(event, day))
    context = {"event": event, "day": day, "form": form, "back": _back(event, day)}
    return render(request, "events/day/walk_in.html", context, status=422 if form.errors else 200)


@accepts("GET", "HEAD", "POST")
@for_coordinators
def check_in_by_code(request, token):
    """What a coordinator's phone opens from the QR code of a confirmation: one person, one button."""
    rows = Registration.objects.select_related("event__edition", "enrolment")
    found = links.find("check-in", token, rows)
    person = get_object_or_404(rows, pk=found.pk if found else None)
    event, now = person.event, timezone.now()
    all_days, day = chosen_day(request, event, now)
    if request.method == "POST":
        if day is None:
            return redirect(request.path)
        if _act(request, event, day, now):
            return redirect(_door(event, person.pk, day))
        return redirect(f"{request.path}?{urlencode({'dzien': day.pk})}")
    if day:
        person = event.registrations.select_related("enrolment").with_presence(day).get(pk=person.pk)
    context = {
        "event": event,
        "day": day,
        "days": [
            {"label": day_label(one), "url": f"?{urlencode({'dzien': one.pk})}", "current": one == day}
            for one in all_days
        ],
        "day_label": day and day_label(day),
        "person": _seen_from(person),
        "seen": now.timestamp(),
    }
    return render(request, "events/day/check_in_by_code.html", context)


def _do(request, event, day, now):
    goto = _act(request, event, day, now)
    if goto:
        return redirect(_door(event, goto, day))
    kept = {"dzien": day.pk} | {
        name: request.POST[name][:200] for name in ("kto", "q") if request.POST.get(name)
    }  # fmt: skip
    return redirect(f"{reverse('events:check_in', args=[event.slug])}?{urlencode(kept)}")


def _act(request, event, day, now):
    """Does what the pressed button says. Returns the key of a person to be let in on a page of its own, or None."""
    of_day = {"day_id": day.pk, "actor": request.user, "now": now}
    if "zakoncz" in request.POST:
        attempt(request, days.finish_day, event_id=event.pk, **of_day)
    elif "otworz" in request.POST:
        attempt(request, days.open_day, event_id=event.pk, **of_day)
    elif "wszyscy" in request.POST:
        attempt(request, attendance.mark_everybody, event_id=event.pk, **of_day)
    seen_at = _moment(request.POST.get("seen", ""))
    for name, kind in _BUTTONS.items():
        if name not in request.POST:
            continue
        person = get_object_or_404(event.registrations, pk=_number(request.POST[name]))
        if name == "cofnij":
            attempt(request, attendance.unmark, registration_id=person.pk, seen_at=seen_at, **of_day)
        elif name == "nieobecny":
            attempt(request, attendance.mark_absent, registration_id=person.pk, actor=request.user, now=now)
        elif name == "wpusc" or not person.has_place:
            return person.pk
        else:
            attempt(request, attendance.mark_present, registration_id=person.pk, kind=kind, seen_at=seen_at, **of_day)
    return None


_BUTTONS = {
    "obecny": PresenceKind.PRESENT,
    "pozniej": PresenceKind.LATE,
    "wczesniej": PresenceKind.LEFT_EARLY,
    "cofnij": None,
    "nieobecny": None,
    "wpusc": None,
}


def _people(event, day):
    """Everybody who ever signed up, in Polish order; whoever signed up again stands there once. One query."""
    rows = [_seen_from(row) for row in event.registrations.select_related("enrolment").with_presence(day)]
    active = {(row.participant_id, fold(row.full_name), row.email) for row in rows if not row.is_over}
    rows = [
        row for row in rows if not row.is_over or (row.participant_id, fold(row.full_name), row.email) not in active
    ]
    return sorted(rows, key=lambda row: sort_key(f"{row.last_name} {row.first_name}"))


def _seen_from(row):
    row.is_over = row.state in RegistrationState.ended()
    row.is_outside = not row.has_place
    kind = getattr(row, "presence", None)
    row.is_there = kind is not None
    row.is_late, row.is_gone = kind in PresenceKind.came_late(), kind in PresenceKind.went_early()
    row.words = fold(f"{row.full_name} {row.institution_words}")
    return row


def _counts(people):
    there = sum(1 for row in people if row.is_there)
    seated = sum(1 for row in people if row.has_place)
    return {"wszyscy": len(people), "sa": there, "brakuje": seated - there}


def _fits(row, q, who):
    if (who == "sa" and not row.is_there) or (who == "brakuje" and (row.is_there or not row.has_place)):
        return False
    return all(word in row.words for word in fold(q).split())


def _back(event, day):
    query = f"?{urlencode({'dzien': day.pk})}" if day else ""
    return reverse("events:check_in", args=[event.slug]) + query


def _door(event, pk, day):
    return f"{reverse('events:let_in', args=[event.slug, pk])}?{urlencode({'dzien': day.pk})}"


def _moment(text):
    """When the page was drawn, or None for what no page of ours has written."""
    try:
        return datetime.fromtimestamp(float(text.replace(",", ".")), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _number(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
