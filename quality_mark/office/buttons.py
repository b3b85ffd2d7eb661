"""The steps that the office can take now, from the table of the workflow, each with the page where it is taken."""

from django.urls import reverse

from quality_mark.choices import Actor
from quality_mark.workflow import applications

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
}
# What is pressed at once, without a page that asks.
AT_ONCE = {"case_take"}
UNDOING = {"untake", "uncall", "unpass"}


def buttons(application):
    """[{label, url, at_once, is_undoing}] in the order of the table, undoing last."""
    moves = applications.available(state=application.state, actor=Actor.CLERK)
    # Whether a renewal is assessed anew is decided by the rules of the case, not by whoever presses.
    other = "assign" if application.goes_short else "shorten"
    return [
        {
            "label": move.label,
            "url": url_of(application, move.name),
            "at_once": PAGES[move.name] in AT_ONCE,
            "is_undoing": move.name in UNDOING,
        }
        for move in sorted(moves, key=lambda move: move.name in UNDOING)
        if move.name in PAGES and move.name != other
    ]


def url_of(application, step):
    page = PAGES[step]
    given = {"pk": application.pk} | ({"step": step} if page == "case_step" else {})
    return reverse(f"quality_mark:{page}", kwargs=given)
