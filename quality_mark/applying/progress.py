"""What the applicant is told of the way of an application: who acts next, and what has happened."""

from quality_mark.choices import PUBLIC, ApplicationState
from quality_mark.office.clock import is_waited_for
from quality_mark.workflow import BY_SILENCE

A = ApplicationState
# Who acts next, and what they do, for the applicant.
NEXT = {
    A.DRAFT: ("wnioskodawca", "uzupełnia i składa wniosek"),
    A.SUBMITTED: ("biuro", "przyjmie wniosek do oceny formalnej"),
    A.FORMAL_CHECK: ("biuro", "sprawdza kryteria formalne i dokumenty"),
    A.CORRECTION: ("wnioskodawca", "uzupełnia wniosek według wezwania"),
    A.FORMAL_OK: ("biuro", "przydzieli wniosek oceniającym"),
    A.ASSESSMENT: ("oceniający", "oceniają wniosek"),
    A.COMMISSION: ("Kapituła", "zajmie się wnioskiem na posiedzeniu, potem rozstrzyga dyrektor"),
    A.GRANTED: ("wnioskodawca", "podpisuje umowę licencyjną"),
}
OF_APPLICANT = ("wnioskodawca",)
ASKED = ("wnioskodawca", "odpowiada w wiadomościach na to, o co pyta biuro")
SIGNED_BY_HOLDER = ("biuro", "podpisuje umowę w imieniu urzędu")
UNSIGNED = ("dyrektor", "rozstrzygnie, co dalej, bo umowy nie podpisano w terminie")
ENDED = (A.REFUSED, A.LEFT_UNEXAMINED)
# Steps that were taken back say nothing to the applicant.
UNSHOWN = ("untake",)
# Steps of which the state alone would say too little: it was there before.
SAID = {
    "answer": "Uzupełniony, znów w ocenie formalnej",
    "uncall": "Wezwanie cofnięte, znów w ocenie formalnej",
    "unpass": "Ocena formalna cofnięta",
    "unassign": "Przekazanie do oceny cofnięte",
    "unput": "Przekazanie Kapitule cofnięte, znów w ocenie merytorycznej",
    "unshorten": "Przekazanie Kapitule cofnięte",
    "more": "Potrzebne są wyjaśnienia, znów w ocenie merytorycznej",
    "restore": "Przywrócony do oceny formalnej po skardze",
    "reconsider": "Wraca do Kapituły po skardze",
    "ungrant": "Przyznanie cofnięte, wraca do Kapituły",
    "unsigned": "Odmowa: umowy nie podpisano w terminie",
}
# Reasons that are meant for the applicant; what the office, assessors and the commission note stays with them.
NOTED = {
    "withdraw", "uncall", "leave", "more", "grant", "refuse", "fail", "unsigned", "restore", "reconsider", "ungrant",
} | BY_SILENCE  # fmt: skip


def next_of(application, *, now):
    """(who acts next, what they do), or nothing when it is over."""
    if application.state == A.GRANTED and is_signed_by_holder(application):
        return SIGNED_BY_HOLDER
    if is_too_late_to_sign(application, now):
        return UNSIGNED
    if is_waited_for(application):
        return ASKED
    return NEXT.get(application.state, ())


def is_too_late_to_sign(application, now):
    """Whether the time for the agreement is over: nobody signs it any more, and the director ends the grant."""
    return application.state == A.GRANTED and application.due_at is not None and application.due_at <= now


def is_signed_by_holder(application):
    agreement = getattr(application, "agreement", None)
    return agreement is not None and agreement.holder_signed_at is not None


def decision_of(application):
    """The step that ended the case, with its reason and its letter, when there is something to be read about it."""
    last = application.steps.select_related("paper").last() if application.state in ENDED else None
    return last if last and last.name in NOTED and last.note else None


def asked_of(application):
    """What the applicant is asked in the middle of judging and has not answered, or an empty text. Needs `pauses`."""
    if not is_waited_for(application):
        return ""
    last = application.steps.filter(name="more").last()
    return last.note if last else ""


def log_of(application):
    """[(step, what it was in words, its reason as far as it is meant for the applicant)]"""
    return [
        (one, SAID.get(one.name, PUBLIC[one.target]), one.note if one.name in NOTED else "")
        for one in application.steps.all()
        if one.name not in UNSHOWN
    ]
