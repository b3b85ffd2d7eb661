"""One event's desk: where it stands, its steps, its people."""

from django.http import StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts import trail
from core.http import accepts
from events.choices import RegistrationState
from events.coordination import people
from events.coordination.exports import participants
from events.coordination.steps import buttons
from events.views.doors import event_of, for_coordinators
from registry.exports.xlsx import workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ACTIVE = "aktywne"


@for_coordinators
def desk(request, slug):
    event = event_of(slug)
    asked, words = request.GET.get("stan", ACTIVE), request.GET.get("q", "")[:200]
    known = {ACTIVE, "", *RegistrationState.values}
    rows = people.narrowed(people.rows_of(event), state=asked, words=words) if asked in known else []
    counts = people.counts(event)
    active = sum(counts[state] for state in RegistrationState.active())
    context = {
        "event": event,
        "buttons": buttons(event),
        "days": event.days.all(),
        "steps": event.steps.select_related("made_by"),
        "figures": _figures(event, counts),
        "states": [
            (ACTIVE, "zapisane i na liście rezerwowej", active),
            *((state, RegistrationState(state).label, count) for state, count in counts.items() if count),
            ("", "wszystkie zapisy", sum(counts.values())),
        ],
        "state": asked,
        "is_unknown_state": asked not in known,
        "words": words,
        "lines": people.lines(rows),
    }
    return render(request, "events/desk/event.html", context)


@accepts("GET", "HEAD", "POST")
@for_coordinators
def needs(request, slug):
    """What people need and eat. Shown when asked for, so that each look stands in the trail."""
    event = event_of(slug)
    context = {"event": event}
    if request.method == "POST":
        trail.seen(request.user, None, f"potrzeby i diety uczestników: {event.title}", timezone.now())
        seated, diets = people.needs_of(event)
        context |= {"shown": True, "people": seated, "diets": diets}
    return render(request, "events/desk/needs.html", context)


@accepts("GET", "HEAD", "POST")
@for_coordinators
def participants_file(request, slug):
    """The participants as XLSX, for work outside of the portal. Fetched by a button: it leaves a line in the trail."""
    event = event_of(slug)
    if request.method != "POST":
        return redirect("events:desk", slug)
    trail.seen(request.user, None, f"plik z uczestnikami: {event.title}", timezone.now())
    response = StreamingHttpResponse(workbook(participants(event), title="Uczestnicy"), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="uczestnicy-{event.slug}.xlsx"'
    return response


def _figures(event, counts):
    state = RegistrationState
    seats = f"zajęte miejsca z {event.capacity}" if event.capacity else "zajęte miejsca (bez limitu)"
    return [
        {"value": event.taken, "label": seats},
        {"value": counts[state.CONFIRMED], "label": "potwierdzone", "url": f"?stan={state.CONFIRMED}"},
        {
            "value": counts[state.AWAITING_DOCUMENTS],
            "label": "czeka na dokumenty",
            "url": f"?stan={state.AWAITING_DOCUMENTS}",
        },
        {"value": counts[state.RESERVE], "label": "na liście rezerwowej", "url": f"?stan={state.RESERVE}"},
    ]
