"""Presence from the file of an on-line meeting: read, looked at, and only then written.

Between the two pages nothing is kept: who was found travels in the form, signed, and only people of the preview can
be marked.
"""

from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from events.day import meetings
from events.day.meetings.matching import DOUBTFUL, MATCHED, UNKNOWN
from events.day.words import day_label
from events.forms.attendance import MeetingFileForm
from events.use_cases.day.meetings import expected_people, mark_from_meeting
from events.views.day.pages import posted, tabs
from events.views.doors import event_of, for_coordinators

_SALT = "events meeting preview"
_OLD = "Podgląd jest już nieaktualny. Wczytaj plik jeszcze raz."
HOURS = 12
# Each person is one field of the form, of which Django takes a thousand.
MOST = 900


@accepts("GET", "HEAD", "POST")
@for_coordinators
def meeting_file(request, slug):
    event = event_of(slug)
    if request.method == "POST" and "podglad" in request.POST:
        return _write(request, event)
    days = list(event.days.all())
    form = MeetingFileForm(*posted(request), days=days)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            # One byte more than may be tells that it is too much.
            people = meetings.read(upload.read(meetings.MAX_BYTES + 1))
        except meetings.Unreadable as error:
            form.add_error("file", str(error))
        else:
            found = meetings.match(people, expected_people(event))
            if sum(1 for one in found if one.candidates) <= MOST:
                return _preview(request, event, form, found)
            form.add_error("file", f"Rozpoznano ponad {MOST} osób. Podziel plik na części i wgraj je po kolei.")
    context = {"event": event, "tabs": tabs(event, "meeting_file"), "form": form}
    return render(request, "events/day/meeting_file.html", context, status=422 if form.errors else 200)


def _preview(request, event, form, found):
    least = form.cleaned_data["least"]
    lines = [
        {
            "number": number,
            "match": one,
            "minutes": one.person.minutes,
            "is_short": one.person.minutes is not None and one.person.minutes < least,
        }
        for number, one in enumerate(found)
    ]
    _sum_up(lines, least)
    kept = {
        "event": event.pk,
        "day": int(form.cleaned_data["day"]),
        "rows": [[one.person.minutes, [candidate.pk for candidate in one.candidates]] for one in found],
    }
    day = next(day for day in event.days.all() if day.pk == kept["day"])
    context = {
        "event": event,
        "tabs": tabs(event, "meeting_file"),
        "day_label": day_label(day),
        "least": least,
        "groups": [
            {"title": title, "kind": kind, "hint": hint, "lines": chosen}
            for kind, title, hint in _GROUPS
            if (chosen := [line for line in lines if line["match"].kind == kind])
        ],
        "kept": signing.dumps(kept, salt=_SALT, compress=True),
    }
    return render(request, "events/day/meeting_preview.html", context)


_GROUPS = (
    (MATCHED, "Rozpoznane osoby", "Odznacz osobę, której nie chcesz zaznaczyć jako obecnej."),
    (DOUBTFUL, "Wątpliwe", "Wybierz osobę z listy zapisanych albo zostaw bez wyboru."),
    (UNKNOWN, "Nieznane", "Nie ma ich na liście. Jeśli brały udział, dopisz je w odprawie."),
)


def _sum_up(lines, least):
    """Somebody who stands in the file twice, once with an e-mail and once without, was there for both together."""
    totals = {}
    for line in lines:
        if line["match"].kind == MATCHED and line["minutes"] is not None:
            pk = line["match"].candidates[0].pk
            totals[pk] = totals.get(pk, 0) + line["minutes"]
    for line in lines:
        if line["match"].kind == MATCHED and line["minutes"] is not None:
            line["is_short"] = totals[line["match"].candidates[0].pk] < least


def _write(request, event):
    back = reverse("events:meeting_file", args=[event.slug])
    try:
        kept = signing.loads(request.POST["podglad"], salt=_SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        messages.error(request, _OLD)
        return redirect(back)
    if kept["event"] != event.pk:
        messages.error(request, _OLD)
        return redirect(back)
    minutes_of = {}
    for number, (minutes, candidates) in enumerate(kept["rows"]):
        chosen = request.POST.get(f"osoba-{number}", "")
        pk = next((pk for pk in candidates if str(pk) == chosen), None)
        if pk is not None:
            already = minutes_of.get(pk)
            minutes_of[pk] = minutes if already is None else already + (minutes or 0)
    try:
        new = mark_from_meeting(
            event_id=event.pk, day_id=kept["day"], minutes_of=minutes_of, actor=request.user, now=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    messages.success(request, f"Nowe zaznaczenia obecności: {new}, razem wybranych: {len(minutes_of)}.")
    return redirect(f"{reverse('events:check_in', args=[event.slug])}?dzien={kept['day']}")
