"""One person's place, and what a coordinator does with it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from events.coordination import people
from events.use_cases.signups import steps
from events.use_cases.signups.resending import send_link_again
from events.views.doors import event_of, for_coordinators
from events.workflow import STAFF


def _confirm(registration, actor, note, now):
    steps.confirm(registration_id=registration.pk, kind=STAFF, actor=actor, now=now)


def _resign(registration, actor, note, now):
    steps.resign(registration_id=registration.pk, kind=STAFF, actor=actor, note=note, now=now)


def _jump(registration, actor, note, now):
    steps.jump(registration_id=registration.pk, actor=actor, note=note, now=now)


def _reject(registration, actor, note, now):
    steps.reject(registration_id=registration.pk, actor=actor, note=note, now=now)


def _link(registration, actor, note, now):
    send_link_again(registration_id=registration.pk, now=now)


ACTIONS = {"confirm": _confirm, "resign": _resign, "jump": _jump, "reject": _reject, "link": _link}
DONE = {
    "confirm": "Potwierdzono.",
    "resign": "Rezygnacja zapisana.",
    "jump": "Przyjęto poza kolejnością.",
    "reject": "Zgłoszenie odrzucone. Ta osoba dostanie list.",
    "link": "Odsyłacz wysłany jeszcze raz.",
}


@accepts("GET", "HEAD", "POST")
@for_coordinators
def person(request, slug, pk):
    event = event_of(slug)
    registration = people.rows_of(event).filter(pk=pk).first()
    if registration is None:
        raise Http404
    refused, asked = None, request.POST.get("krok", "")
    note = " ".join(request.POST.get("powod", "").replace("\0", " ").split())[:500]
    if request.method == "POST":
        if asked not in ACTIONS:
            raise Http404
        try:
            ACTIONS[asked](registration, request.user, note, timezone.now())
        except Refused as refusal:
            refused = str(refusal)
            registration = people.rows_of(event).get(pk=pk)
        else:
            messages.success(request, f"{registration.full_name}: {DONE[asked]}")
            return redirect("events:desk", slug)
    [line] = people.lines([registration])
    context = {
        "event": event,
        "line": line,
        "one": registration,
        "actions": [
            {"name": name, "label": label, "asks": people.STEPS[name][1], "is_dangerous": people.STEPS[name][2]}
            for name, label in line.steps
        ],
        "history": registration.steps.select_related("made_by"),
        "asked": asked,
        "note": note,
        "refused": refused,
    }
    return render(request, "events/desk/person.html", context, status=422 if refused else 200)
