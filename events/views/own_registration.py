"""One's own place at an event, by the signed link of a letter: seen, confirmed, changed, given back."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from core import links
from core.exceptions import Refused
from core.http import accepts
from events.choices import RegistrationState as State
from events.completeness import missing_of
from events.forms.questions import discard, question_form, read
from events.forms.signing_up import WishesForm
from events.models import Material, Registration
from events.standing import history, standing
from events.use_cases.signups import changing, steps
from events.use_cases.signups.institutions import ways_of
from events.use_cases.signups.telling import REGISTRATION

SURE = (State.CONFIRMED, State.PRESENT)


@accepts("GET", "HEAD", "POST")
@never_cache
def own_registration(request, token):
    registration = _found(token)
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
    registration = _found(token)
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


@accepts("GET", "HEAD", "POST")
@never_cache
def own_change(request, token):
    registration = _found(token)
    event, questions = registration.event, list(registration.event.questions.all())
    data, files = request.POST or None, request.FILES or None
    seen = request.POST.get("widziane") or changing.fingerprint(registration)
    before = {name: getattr(registration, name) for name in ("needs", "diet")}
    before["joins_online"] = "1" if registration.joins_online else ""
    form = WishesForm(data, event=event, initial=before)
    asked = question_form(questions, data, files, registration.answers)
    forms = [form, asked]
    if not changing.may_change(registration, timezone.now()) or not (form.fields or asked.fields):
        messages.error(request, "Tego zapisu nie można już zmienić.")
        return redirect("events:own_registration", token)
    if request.method == "POST" and form.is_valid() & asked.is_valid():
        answers = read(asked)
        wishes = form.wishes(event) | {"answers": answers}
        try:
            changing.change_wishes(registration_id=registration.pk, seen=seen, now=timezone.now(), **wishes)
        except Refused as refusal:
            discard(answers, questions, but=registration.answers)
            form.add_error(None, str(refusal))
            # The next press has seen what stands there now: it is on the page.
            seen = changing.fingerprint(registration)
        else:
            discard(registration.answers, questions, but=answers)
            messages.success(request, "Zapisano.")
            return redirect("events:own_registration", token)
    faulty = any(one.errors for one in forms)
    context = {"registration": registration, "event": event, "token": token, "forms": forms, "faulty": faulty}
    context |= {"seen": seen, "now_written": _written(registration, questions) if faulty else None}
    return render(request, "events/signing_up/change.html", context, status=422 if faulty else 200)


@never_cache
def own_material(request, token, pk):
    """A file for those who have a place for sure."""
    registration = _found(token)
    material = Material.objects.filter(event=registration.event, pk=pk).first()
    if registration.state not in SURE or material is None:
        raise Http404
    try:
        file = material.file.open()
    except FileNotFoundError as error:
        raise Http404 from error
    name = f"{material.title[:80]}.{material.file.name.rpartition('.')[2]}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=material.content_type)


def _found(token):
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
    found = standing(registration, event, now, place_in_line=place)
    ways = ways_of(registration) if found.may_confirm else []
    chosen = request.GET.get("instytucja", "")
    questions = list(event.questions.all())
    return {
        "registration": registration,
        "event": event,
        "token": token,
        "standing": found,
        "ways": [(one, str(one.pk) == chosen) for one in ways],
        "missing": missing_of(registration.participant, registration.enrolment) if missing else [],
        "participant_token": links.token("participant", registration.participant) if missing else "",
        "online_url": event.online_url if is_sure and event.state != "odwolane" else "",
        "materials": list(event.materials.all()) if is_sure else [],
        "has_code": registration.state == State.CONFIRMED and found.may_resign,
        "certificate": getattr(registration, "certificate", None),
        "may_change": changing.may_change(registration, now)
        and (event.asks_needs or event.asks_diet or questions or event.attendance == "hybrydowo"),
        "written": _written(registration, questions),
        "history": history(registration.steps.all()),
    }


def _written(registration, questions):
    """[(what was asked, what stands there)] of everything that was answered."""
    rows = [(question.label, _shown(registration.answers.get(question.code))) for question in questions]
    rows += [("Szczególne potrzeby", registration.needs), ("Dieta", registration.diet)]
    if registration.event.attendance == "hybrydowo":
        rows.append(("Udział", "on-line" if registration.joins_online else "na miejscu"))
    return [(label, value) for label, value in rows if value]


def _shown(value):
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return "tak" if value else "nie"
    return "plik dołączony" if str(value or "").startswith("events/files/") else value
