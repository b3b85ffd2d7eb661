"""What may happen to an event, to a sign-up and to the form of an institution: three tables."""

from core.workflow import Transition, Workflow
from events.choices import EnrolmentState as N
from events.choices import EventState as E
from events.choices import RegistrationState as R

# Who takes a step: coordinators, the person (or the institution for them), and time itself.
STAFF, PERSON, TIME = "staff", "person", "time"


def _step(name, sources, target, label, *actors):
    return Transition(name, frozenset(sources), target, label, frozenset(actors))


events = Workflow(
    _step("publish", {E.DRAFT}, E.PUBLISHED, "Ogłoś", STAFF),
    _step("move", {E.PUBLISHED, E.MOVED}, E.MOVED, "Przenieś na inny termin", STAFF),
    _step("cancel", {E.PUBLISHED, E.MOVED}, E.CANCELLED, "Odwołaj", STAFF),
    _step("hold", {E.PUBLISHED, E.MOVED}, E.HELD, "Odbyło się", STAFF, TIME),
    _step("settle", {E.HELD}, E.SETTLED, "Rozlicz", STAFF),
    _step("reopen", {E.SETTLED}, E.HELD, "Cofnij rozliczenie", STAFF),
)

registrations = Workflow(
    _step("confirm", {R.RECEIVED, R.OFFERED}, R.CONFIRMED, "Potwierdź udział", PERSON, STAFF),
    _step("complete", {R.AWAITING_DOCUMENTS}, R.CONFIRMED, "Dokumenty są kompletne", STAFF, TIME),
    _step("offer", {R.RESERVE}, R.OFFERED, "Zaproponuj miejsce", STAFF, TIME),
    _step("jump", {R.RESERVE, R.OFFERED}, R.CONFIRMED, "Przyjmij poza kolejnością", STAFF),
    _step(
        "await", {R.RECEIVED, R.OFFERED, R.RESERVE}, R.AWAITING_DOCUMENTS, "Czeka na dokumenty", PERSON, STAFF, TIME
    ),
    _step(
        "resign",
        {R.RECEIVED, R.AWAITING_DOCUMENTS, R.CONFIRMED, R.RESERVE, R.OFFERED},
        R.RESIGNED,
        "Rezygnuję",
        PERSON,
        STAFF,
    ),
    _step("lapse", {R.RECEIVED, R.AWAITING_DOCUMENTS, R.OFFERED}, R.RESIGNED, "Termin minął", TIME),
    _step(
        "reject",
        {R.RECEIVED, R.AWAITING_DOCUMENTS, R.CONFIRMED, R.RESERVE, R.OFFERED},
        R.REJECTED,
        "Odrzuć",
        STAFF,
    ),
    _step("attend", {R.CONFIRMED, R.AWAITING_DOCUMENTS, R.RECEIVED, R.OFFERED, R.ABSENT}, R.PRESENT, "Obecny", STAFF),
    _step(
        "miss",
        {R.CONFIRMED, R.AWAITING_DOCUMENTS, R.RECEIVED, R.OFFERED, R.PRESENT},
        R.ABSENT,
        "Nieobecny",
        STAFF,
        TIME,
    ),
    _step("unmark", {R.PRESENT, R.ABSENT}, R.CONFIRMED, "Cofnij obecność", STAFF),
)

enrolments = Workflow(
    _step("prepare", {N.DRAFT, N.RETURNED}, N.TO_SIGN, "Przygotuj do podpisu", PERSON),
    _step("reopen", {N.TO_SIGN}, N.DRAFT, "Wróć do poprawiania", PERSON),
    _step("reopen_returned", {N.TO_SIGN}, N.RETURNED, "Wróć do poprawiania", PERSON),
    _step("submit", {N.TO_SIGN}, N.SUBMITTED, "Prześlij", PERSON),
    _step("accept", {N.SUBMITTED}, N.ACCEPTED, "Przyjmij", STAFF),
    _step("give_back", {N.SUBMITTED}, N.RETURNED, "Zwróć do poprawy", STAFF),
    _step("end", {N.ACCEPTED}, N.ENDED, "Zakończ udział", STAFF),
)
