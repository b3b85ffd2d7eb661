"""One's own place at an event, by the signed link of a letter: seen, confirmed, changed, given back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from core import links
from core.answering import answered
from core.asking import Answer
from core.exceptions import Refused
from core.http import accepts
from events.choices import RegistrationState as State
from events.completeness import missing_of
from events.models import Registration
from events.signing_up.standing import history, standing
from events.use_cases.signups import changing, steps
from events.use_cases.signups.institutions import ways_of
from events.use_cases.signups.telling import REGISTRATION

SURE = (State.CONFIRMED, State.PRESENT)


@accepts("GET", "HEAD", "POST")
@never_cache
def own_registration(request, token):
    registration = found(token)
    if request.method == "POST":
        chosen = request.POST.get("instytucja", "")
        delegation_id = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else None
        try:
            steps.confirm(registration_id=registration.pk, delegation_id=delegation_id, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("events:own_registration", token)
    return render(request, "events/signing_up/own.html", _context(request, registration, token))


@accepts("GET", "HEAD", "POST")
@never_cache
def own_resignation(request, token):
    """Asked once more: a link followed by mistake, or by a program that looks through letters, gives nothing back."""
    registration = found(token)
    if request.method == "POST":
        try:
            steps.resign(registration_id=registration.pk, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("events:own_registration", token)
    context = _context(request, registration, token)
    if not context["standing"].may_resign:
        return redirect("events:own_registration", token)
    return render(request, "events/signing_up/resign.html", context)


def found(token):
    """The sign-up of a link, or 404."""
    rows = Registration.objects.select_related("event__edition", "participant", "enrolment", "certificate")
    registration = links.find(REGISTRATION, token, rows)
    if registration is None:
        raise Http404
    return registration


def _context(request, registration, token):
    event, now = registration.event, timezone.now()
    place = None
    if registration.state == State.RESERVE:
        place = event.registrations.in_reserve().filter(pk__lte=registration.pk).count()
    is_sure = registration.state in SURE
    missing = registration.state == State.AWAITING_DOCUMENTS
    words = standing(registration, event, now, place_in_line=place)
    ways = ways_of(registration) if words.may_confirm else []
    questions = list(event.questions.all())
    return {
        "registration": registration,
        "event": event,
        "token": token,
        "standing": words,
        "ways": _ways(ways, request.GET.get("instytucja"), registration),
        "missing": missing_of(registration.participant, registration.enrolment) if missing else [],
        "participant_token": _own_data_token(registration) if missing else "",
        "online_url": event.online_url if is_sure and event.state != "odwolane" else "",
        "materials": list(event.materials.all()) if is_sure else [],
        "has_code": registration.state == State.CONFIRMED and words.may_resign,
        "certificate": getattr(registration, "certificate", None) if registration.state == State.PRESENT else None,
        "may_change": changing.may_change(registration, now)
        and (event.asks_needs or event.asks_diet or questions or event.attendance == "hybrydowo"),
        "written": written(registration, questions),
        "files": [one for one in questions if one.answer == Answer.FILE and registration.answers.get(one.code)],
        "history": history(registration.steps.all()),
    }


def _own_data_token(registration):
    """Only for whom the person's own letters reach: a sign-up may have come through the mailbox of an institution,
    which must not come from it to what the person gave about themselves."""
    is_own = registration.email.lower() == registration.participant.email.lower()
    return links.token("participant", registration.participant) if is_own else ""


def _ways(ways, asked, registration):
    """[(line of a roster, whether it is the one chosen beforehand)]: by the link, or as the place was taken."""
    chosen = next((one for one in ways if str(one.pk) == asked), None)
    chosen = chosen or next((one for one in ways if one.enrolment_id == registration.enrolment_id), None)
    return [(one, one == chosen) for one in ways]


def written(registration, questions):
    """[(what was asked, what stands there)] of everything that was answered, but for files."""
    rows = answered([one for one in questions if one.answer != Answer.FILE], registration.answers)
    rows += [("Szczególne potrzeby", registration.needs), ("Dieta", registration.diet)]
    if registration.event.attendance == "hybrydowo":
        rows.append(("Udział", "on-line" if registration.joins_online else "na miejscu"))
    return [(label, value) for label, value in rows if value]
