"""The steps that the office can take now, from the table of the workflow, each with the page where it is taken.

The first one is what is done next: in the formal check the checklist, from which the other steps follow.
"""

from django.urls import reverse

from quality_mark.choices import Actor, ApplicationState
from quality_mark.office.handed import why_not
from quality_mark.workflow import LAST_BACK, UNDOING, applications

# A step whose page is not named here has no button: whoever builds that page names it.
PAGES = {
    "take": "case_take",
    "call": "case_call",
    "pass": "case_step",
    "assign": "assigning_case",
    "shorten": "assigning_case",
    "put": "assigning_case",
    "license": "agreement_desk",
    "leave": "case_step",
    "untake": "case_step",
    "uncall": "case_step",
    "unpass": "case_step",
    "unassign": "case_step",
    "unput": "case_step",
    "unshorten": "case_step",
}
# What is pressed at once, without a page that asks.
AT_ONCE = {"case_take"}


def buttons(application, *, now):
    """[{label, url, at_once, is_undoing}] in the order of the table, undoing last."""
    moves = applications.available(state=application.state, actor=Actor.CLERK)
    # Whether a renewal is assessed anew is decided by the rules of the case, not by whoever presses.
    left_out = {"assign" if application.goes_short else "shorten"}
    # Before its day an application is not left unexamined: a button would only be refused.
    if application.due_at is None or application.due_at > now:
        left_out.add("leave")
    left_out |= {move.name for move in moves if move.name in LAST_BACK and why_not(application, move.name)}
    checklist = reverse("quality_mark:formal_check", args=[application.pk])
    first = {"label": "Oceń kryteria formalne", "url": checklist, "at_once": False, "is_undoing": False}
    return [
        *([first] if application.state == ApplicationState.FORMAL_CHECK else []),
        *_steps(application, moves, left_out),
    ]


def _steps(application, moves, left_out):
    return [
        {
            "label": move.label,
            "url": url_of(application, move.name),
            "at_once": PAGES[move.name] in AT_ONCE,
            "is_undoing": move.name in UNDOING,
        }
        for move in sorted(moves, key=lambda move: move.name in UNDOING)
        if move.name in PAGES and move.name not in left_out
    ]


def url_of(application, step):
    page = PAGES[step]
    given = {"pk": application.pk} | ({"step": step} if page == "case_step" else {})
    return reverse(f"quality_mark:{page}", kwargs=given)
