"""Whether the event took place, whether its attendance is whole, and settling it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from events.choices import EventState, RegistrationState
from events.day.missing import rows_of_event
from events.day.words import day_label
from events.forms.attendance import NoteForm
from events.models import Certificate
from events.use_cases.day.days import day_words, finished_days
from events.use_cases.day.settling import hold_event, reopen, settle, what_is_missing
from events.views.day.pages import tabs
from events.views.doors import event_of, for_coordinators

DONE = {
    "odbylo": (hold_event, "Zapisano: wydarzenie się odbyło."),
    "rozlicz": (settle, "Wydarzenie jest rozliczone."),
}


@accepts("GET", "HEAD", "POST")
@for_coordinators
def settling(request, slug):
    event = event_of(slug)
    form = NoteForm(request.POST if "cofnij" in request.POST else None)
    if request.method == "POST":
        given = {"event_id": event.pk, "actor": request.user, "now": timezone.now()}
        try:
            if "cofnij" not in request.POST:
                for name, (verb, words) in DONE.items():
                    if name in request.POST:
                        verb(**given)
                        messages.success(request, words)
                return redirect(request.path)
            if form.is_valid():
                reopen(note=form.cleaned_data["note"], **given)
                messages.success(request, "Rozliczenie jest cofnięte.")
                return redirect(request.path)
        except Refused as refusal:
            if "cofnij" not in request.POST:
                messages.error(request, str(refusal))
                return redirect(request.path)
            form.refuse(refusal)
    return render(request, "events/day/settling.html", _context(event, form), status=422 if form.errors else 200)


def _context(event, form):
    finished = finished_days(event)
    counts = {state: 0 for state in RegistrationState}
    for state in event.registrations.values_list("state", flat=True):
        counts[RegistrationState(state)] += 1
    days = [{"label": day_label(day), "is_finished": day_words(day) in finished} for day in event.days.all()]
    certificates = Certificate.objects.of_present(event).count()
    return {
        "event": event,
        "tabs": tabs(event, "settling"),
        "form": form,
        "days": days,
        "may_hold": event.state in EventState.coming(),
        "may_settle": event.state == EventState.HELD,
        "is_settled": event.state == EventState.SETTLED,
        "missing": what_is_missing(event) if event.state == EventState.HELD else [],
        "figures": [
            {"label": "obecni", "value": counts[RegistrationState.PRESENT]},
            {"label": "nieobecni", "value": counts[RegistrationState.ABSENT]},
            {"label": "zaświadczenia", "value": certificates},
            {"label": "skany list", "value": event.scans.count()},
        ],
        "incomplete": sum(1 for row in rows_of_event(event) if row.missing) if event.edition_id else 0,
    }
