"""Who of a roster somebody is who came without having signed up."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from events.coordination import roster
from events.use_cases.day.tying import add_and_tie, tie_to_roster
from events.views.doors import event_of, for_coordinators


@accepts("GET", "HEAD", "POST")
@for_coordinators
def tying(request, slug, pk):
    """People of the rosters, first those of the same surname; or an institution that puts the person on its list."""
    event = event_of(slug)
    registration = event.registrations.filter(pk=pk).first()
    if registration is None or event.edition_id is None:
        raise Http404
    now, refused = timezone.now(), ""
    if request.method == "POST":
        try:
            tied = _tied(request, registration, now)
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"{tied.full_name}: osoba z listy instytucji {tied.institution_name}.")
            return redirect("events:desk_person", slug, pk)
    words = request.GET.get("q", registration.last_name)[:120].replace("\0", " ")
    context = {
        "event": event,
        "one": registration,
        "words": words,
        "found": roster.find(event, words, now),
        "most": roster.MOST,
        "enrolments": roster.enrolments_of(event),
        "refused": refused,
    }
    return render(request, "events/desk/tying.html", context, status=422 if refused else 200)


def _tied(request, registration, now):
    given = {"registration_id": registration.pk, "actor": request.user, "now": now}
    chosen, institution = request.POST.get("osoba", ""), request.POST.get("instytucja", "")
    if _is_key(chosen):
        return tie_to_roster(delegation_id=int(chosen), **given)
    if _is_key(institution) and int(institution) in dict(roster.enrolments_of(registration.event)):
        return add_and_tie(enrolment_id=int(institution), **given)
    raise Refused("Wybierz osobę albo instytucję z listy.")


def _is_key(text):
    return text.isascii() and text.isdigit() and len(text) < 10
