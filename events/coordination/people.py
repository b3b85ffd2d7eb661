"""The people of an event as its desk shows them: filtered, in Polish order, with what is missing, in a few queries."""

from dataclasses import dataclass

from django.db.models import Count, Q

from core.polish import fold, sort_key
from events.choices import RegistrationState as State
from events.completeness import missing_of
from events.models import Registration
from events.workflow import STAFF, registrations

# Order of the states on the page: who comes, who may still come, who does not.
ORDER = [
    State.CONFIRMED, State.AWAITING_DOCUMENTS, State.RECEIVED, State.OFFERED, State.RESERVE, State.PRESENT,
    State.ABSENT, State.RESIGNED, State.REJECTED,
]  # fmt: skip
# What a coordinator does to one person from the desk: step of the workflow → (label, needs a reason, is dangerous).
STEPS = {
    "confirm": ("Potwierdź", False, False),
    "jump": ("Przyjmij poza kolejnością", True, False),
    "resign": ("Rezygnacja", False, True),
    "reject": ("Odrzuć", True, True),
}


@dataclass(slots=True)
class Line:
    registration: Registration
    missing: list
    number: int | None
    steps: list


def rows_of(event):
    return event.registrations.select_related(
        "participant__edition", "enrolment", "event__edition", "registered_by"
    ).defer("needs", "diet", "participant__special_needs", "participant__diet", "participant__sensitive_answers")


def narrowed(rows, *, state="", words=""):
    """`state` is one of the states, "aktywne", or empty for all; `words` are parts of names and institutions."""
    if state == "aktywne":
        rows = rows.filter(state__in=State.active())
    elif state:
        rows = rows.filter(state=state)
    return [one for one in rows if _holds(one, words)]


def lines(rows):
    """Lines in Polish alphabetical order; those in reserve in the order of arrival, with their number in the queue."""
    queue = _queue(rows)
    ordered = sorted(rows, key=lambda one: (sort_key(one.last_name), sort_key(one.first_name), one.pk))
    return [
        Line(
            registration=one,
            missing=missing(one),
            number=queue.get(one.pk),
            steps=_steps(one),
        )
        for one in ordered
    ]


def missing(registration):
    """What keeps somebody of a project from being counted, in words; nothing for those of open events."""
    if registration.participant is None or registration.state in State.ended():
        return []
    return missing_of(registration.participant, registration.enrolment)


def counts(event):
    """{state: how many} of an event."""
    found = dict(event.registrations.values_list("state").annotate(Count("pk")).order_by())
    return {state: found.get(state, 0) for state in ORDER}


def needs_of(event):
    """(people with needs or a diet, [(diet, how many)]) of those who have a place."""
    seated = event.registrations.seated().exclude(Q(needs="") & Q(diet=""))
    people = sorted(seated, key=lambda one: (sort_key(one.last_name), sort_key(one.first_name), one.pk))
    diets = {}
    for one in people:
        if words := " ".join(one.diet.split()):
            label, count = diets.get(fold(words), (words, 0))
            diets[fold(words)] = (label, count + 1)
    return people, sorted(diets.values(), key=lambda pair: (-pair[1], sort_key(pair[0])))


def _holds(registration, words):
    if not words.strip():
        return True
    text = fold(f"{registration.full_name} {registration.institution_name} {registration.email}")
    return all(word in text for word in fold(words).split())


def _queue(rows):
    event = rows[0].event if rows else None
    if event is None or not any(one.state == State.RESERVE for one in rows):
        return {}
    ids = event.registrations.in_reserve().values_list("pk", flat=True)
    return {pk: number for number, pk in enumerate(ids, 1)}


def _steps(registration):
    possible = {step.name for step in registrations.available(state=registration.state, actor=STAFF)}
    # Who has an offer confirms it in the plain way.
    hidden = {"jump"} if "confirm" in possible else set()
    return [(name, STEPS[name][0]) for name in STEPS if name in possible - hidden]
