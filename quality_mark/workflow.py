"""The way of an application and the life of a mark: two tables. Pictures, buttons and tests are loops over them."""

from core.workflow import Transition, Workflow
from quality_mark.choices import Actor
from quality_mark.choices import ApplicationState as A
from quality_mark.choices import MarkState as M

WHO, OFFICE, BODY, HEAD, TIME = Actor.APPLICANT, Actor.CLERK, Actor.CHAIR, Actor.DIRECTOR, Actor.TIME

# The clock of the procedure runs in these: their `due_at` is its end.
JUDGED = (A.FORMAL_OK, A.ASSESSMENT, A.COMMISSION)


def _step(name, sources, target, label, *actors):
    return Transition(name, frozenset(sources), target, label, frozenset(actors))


applications = Workflow(
    _step("submit", {A.DRAFT}, A.SUBMITTED, "Złóż wniosek", WHO),
    _step(
        "withdraw",
        {
            A.DRAFT,
            A.SUBMITTED,
            A.FORMAL_CHECK,
            A.CORRECTION,
            A.FORMAL_OK,
            A.ASSESSMENT,
            A.COMMISSION,
            A.GRANTED,
        },
        A.WITHDRAWN,
        "Wycofaj wniosek",
        WHO,
    ),
    _step("take", {A.SUBMITTED}, A.FORMAL_CHECK, "Weź do oceny formalnej", OFFICE),
    _step("call", {A.FORMAL_CHECK}, A.CORRECTION, "Wezwij do uzupełnienia", OFFICE),
    _step("answer", {A.CORRECTION}, A.FORMAL_CHECK, "Prześlij uzupełnienie", WHO),
    _step("leave", {A.CORRECTION}, A.LEFT_UNEXAMINED, "Pozostaw bez rozpatrzenia", OFFICE, TIME),
    _step("pass", {A.FORMAL_CHECK}, A.FORMAL_OK, "Ocena formalna pozytywna", OFFICE),
    _step("fail", {A.FORMAL_CHECK}, A.REFUSED, "Nie spełnia kryteriów formalnych", HEAD),
    _step("assign", {A.FORMAL_OK}, A.ASSESSMENT, "Przekaż do oceny merytorycznej", OFFICE),
    # The short path: of a renewal nothing has to be assessed anew when the rules say so.
    _step("shorten", {A.FORMAL_OK}, A.COMMISSION, "Przekaż Kapitule bez oceny merytorycznej", OFFICE),
    _step("put", {A.ASSESSMENT}, A.COMMISSION, "Przekaż Kapitule", OFFICE),
    _step("more", {A.COMMISSION}, A.ASSESSMENT, "Wróć po dalsze wyjaśnienia", OFFICE, BODY, HEAD),
    _step("grant", {A.COMMISSION}, A.GRANTED, "Przyznaj znak", HEAD),
    _step("refuse", {A.COMMISSION}, A.REFUSED, "Odmów", HEAD),
    # The time for a decision is over and the rules say what that means: proposed by the clock, taken by a person.
    _step("grant_unheard", JUDGED, A.GRANTED, "Przyznaj znak, bo minął czas na rozpatrzenie", HEAD),
    _step("refuse_unheard", JUDGED, A.REFUSED, "Odmów, bo minął czas na rozpatrzenie", HEAD),
    _step("license", {A.GRANTED}, A.ACTIVE, "Umowa podpisana przez obie strony", OFFICE),
    _step("unsigned", {A.GRANTED}, A.REFUSED, "Umowy nie podpisano w terminie", HEAD),
    # Undoing: what somebody pressed by mistake, or what a complaint has changed.
    _step("untake", {A.FORMAL_CHECK}, A.SUBMITTED, "Cofnij wzięcie do oceny", OFFICE),
    _step("uncall", {A.CORRECTION}, A.FORMAL_CHECK, "Cofnij wezwanie", OFFICE),
    _step("unpass", {A.FORMAL_OK}, A.FORMAL_CHECK, "Cofnij ocenę formalną", OFFICE),
    _step("unassign", {A.ASSESSMENT}, A.FORMAL_OK, "Cofnij przekazanie do oceny", OFFICE),
    _step("unput", {A.COMMISSION}, A.ASSESSMENT, "Cofnij przekazanie Kapitule", OFFICE),
    _step("unshorten", {A.COMMISSION}, A.FORMAL_OK, "Cofnij przekazanie Kapitule bez oceny", OFFICE),
    # What was refused before it was complete goes back to the formal check: the commission has never had it.
    _step("restore", {A.LEFT_UNEXAMINED, A.REFUSED}, A.FORMAL_CHECK, "Przywróć po skardze", HEAD),
    _step("reconsider", {A.REFUSED}, A.COMMISSION, "Rozpatrz ponownie po skardze", HEAD),
    _step("ungrant", {A.GRANTED}, A.COMMISSION, "Cofnij przyznanie", HEAD),
)

marks = Workflow(
    _step("open_renewal", {M.ACTIVE}, M.RENEWAL_OPEN, "Czas na przedłużenie", TIME),
    # Of an expired one only a renewal that was filed in time (use_cases.moving).
    _step(
        "file_renewal",
        {M.ACTIVE, M.RENEWAL_OPEN, M.EXPIRED},
        M.RENEWAL_SUBMITTED,
        "Wniosek o przedłużenie złożony",
        WHO,
    ),
    _step("drop_renewal", {M.RENEWAL_SUBMITTED}, M.RENEWAL_OPEN, "Wniosek o przedłużenie zakończony", *Actor),
    _step("renew", {M.RENEWAL_SUBMITTED, M.EXPIRED}, M.ACTIVE, "Znak przedłużony", OFFICE),
    _step("expire", {M.ACTIVE, M.RENEWAL_OPEN, M.RENEWAL_SUBMITTED, M.SUSPENDED}, M.EXPIRED, "Wygaśnięcie", TIME),
    _step("suspend", {M.ACTIVE, M.RENEWAL_OPEN, M.RENEWAL_SUBMITTED}, M.SUSPENDED, "Zawieś znak", HEAD),
    _step("resume", {M.SUSPENDED}, M.ACTIVE, "Przywróć znak", HEAD),
    _step("revoke", {M.ACTIVE, M.RENEWAL_OPEN, M.RENEWAL_SUBMITTED, M.SUSPENDED}, M.REVOKED, "Odbierz znak", HEAD),
    _step("unrevoke", {M.REVOKED}, M.SUSPENDED, "Cofnij odebranie po skardze", HEAD),
)

# Steps that take another one back. Those after a complaint are a part of the way that applicants are shown.
UNDOING = frozenset("untake uncall unpass unassign unput unshorten restore reconsider ungrant resume unrevoke".split())
# What each of these takes back, as long as it is the last thing that has happened to the case.
LAST_BACK = {"unassign": "assign", "unput": "put", "unshorten": "shorten"}
BY_SILENCE = frozenset({"grant_unheard", "refuse_unheard"})
AFTER_COMPLAINT = frozenset({"restore", "reconsider", "unrevoke", "resume"})
