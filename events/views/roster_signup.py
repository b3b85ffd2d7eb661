"""An institution chooses whom it sends: from its list, all at once or nobody."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from core.answering import AnswersForm, discard_files
from core.exceptions import Refused
from core.templatetags.portal import plural
from events.choices import Attendance, Category, DelegateRole
from events.choices import RegistrationState as State
from events.forms.signing_up import OnlineForm
from events.signing_up import roster as event_roster
from events.signing_up.answer_files import FOLDER
from events.signing_up.openness import openness
from events.use_cases.signups.entering import Person, sign_up
from events.views.throttling import hold_back

NOBODY = "Zaznacz co najmniej jedną osobę."


def roster_signup(request, event, enrolment):
    step, chosen = request.POST.get("krok"), _numbers(request.POST.getlist("osoba"))
    words = request.POST.get("szukaj", "")[:100]
    lines = event_roster.lines(event, enrolment, chosen=chosen, words=words)
    if step == "wszystkie":
        for line in lines:
            line.checked = line.checked or line.shown and line.may_be_chosen
    picked = [line.pk for line in lines if line.checked]
    questions = list(event.questions.all())
    asks = bool(questions) or event.attendance == Attendance.BOTH
    error = ""
    if step in ("dalej", "zapisz") and not picked:
        error = NOBODY
    elif step == "dalej" or step == "zapisz" and asks:
        return _answers(request, event, enrolment, picked, questions, is_asked=step == "zapisz")
    elif step == "zapisz":
        hold_back(request, "signup")
        try:
            return _signed_up(request, event, enrolment, [Person(participant=pk) for pk in picked])
        except Refused as refusal:
            error = str(refusal)
    now = timezone.now()
    context = {
        "event": event,
        "enrolment": enrolment,
        "openness": openness(event, now),
        "lines": lines,
        "shown": sum(line.shown for line in lines),
        "words": words,
        "asks": asks,
        "error": error,
        "lacking": any(line.lacks and line.may_be_chosen for line in lines),
        "registered": event_roster.registered_of(event, enrolment),
        "audience": [Category(one).label for one in event.audience],
        "roles": [DelegateRole(one).label for one in event.audience_roles],
        "is_outside": bool(event.audience) and enrolment.category not in event.audience,
        "searched": step == "szukaj",
    }
    return render(request, "events/signing_up/roster.html", context, status=422 if error else 200)


def _answers(request, event, enrolment, picked, questions, *, is_asked):
    """The second page, only where the event asks something: answers of each person."""
    data, files = (request.POST, request.FILES) if is_asked else (None, None)
    blocks = [
        (
            person,
            [
                OnlineForm(data, event=event, prefix=f"o{person.pk}"),
                AnswersForm(questions, data, files, prefix=f"p{person.pk}"),
            ],
        )
        for person in event_roster.participants(event, picked)
    ]
    forms = [form for _, own in blocks for form in own]
    error = ""
    if is_asked and all([form.is_valid() for form in forms]):
        # Before files are stored: whoever is stopped leaves none behind.
        hold_back(request, "signup")
        people = [
            Person(participant=person.pk, answers=asked.answers(FOLDER), **online.wishes(event))
            for person, (online, asked) in blocks
        ]
        try:
            return _signed_up(request, event, enrolment, people)
        except Refused as refusal:
            error = str(refusal)
            for person in people:
                discard_files(questions, person.answers, but={})
    faulty = bool(error) or any(form.errors for form in forms)
    context = {"event": event, "enrolment": enrolment, "blocks": blocks, "error": error, "faulty": faulty}
    context |= {"openness": openness(event, timezone.now())}
    return render(request, "events/signing_up/roster_answers.html", context, status=422 if faulty else 200)


def _signed_up(request, event, enrolment, people):
    actor = request.user if request.user.is_authenticated else None
    rows = sign_up(event_id=event.pk, people=people, enrolment=enrolment, actor=actor, now=timezone.now())
    questions = list(event.questions.all())
    for row, person in zip(rows, people, strict=True):
        # Who was signed up already keeps the answers given then.
        discard_files(questions, person.answers, but=row.answers)
    messages.success(request, _summary(rows))
    return redirect(request.get_full_path())


def _summary(rows):
    """ "Zapisano 3 osoby: potwierdzone 1, oczekuje na dokumenty 1, lista rezerwowa 1." """
    counts = {state: sum(row.state == state for row in rows) for state in State}
    parts = ", ".join(f"{state.label} {count}" for state, count in counts.items() if count)
    return f"Zapisano {len(rows)} {plural(len(rows), 'osobę,osoby,osób')}: {parts}. Każda dostanie list."


def _numbers(texts):
    return {int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 12}
