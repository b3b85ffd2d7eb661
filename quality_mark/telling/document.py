"""docs/mark-process.md and its pictures: states, steps and powers, written from the tables that the program obeys."""

from django.conf import settings

from accounts.choices import Role
from accounts.permissions import POWERS, Action
from quality_mark import workflow
from quality_mark.access import ACTIONS
from quality_mark.choices import PUBLIC, Actor, ApplicationState, MarkState
from quality_mark.telling import picture, way

FILE = "docs/mark-process.md"
PICTURES = {
    "docs/pictures/mark-application.svg": ("The way of an application", way.way_of_application),
    "docs/pictures/mark-life.svg": ("The life of a mark", way.life_of_mark),
}
HEAD = """# The mark: states, steps and who may take them

Written by `manage.py write_mark_process` from `quality_mark/workflow.py`, `quality_mark/access.py` and
`accounts/permissions.py`; a test holds it to them. Words for the public and words of the office stand in
`quality_mark/choices.py`. Applicants see the same drawing in public words at `/znak/przebieg/`.

"""
OWN = """Nobody, not even the administrator, takes a step of the office, the commission or the director in a case of an
organisation for which they act or ever acted, nor of another card of its legal person: `access.check` stands in
`use_cases.moving.advance`, the only door. A step by `upływ terminu` is taken by the clock alone.

"""
# What is done in a state without moving it, and the action it asks for.
WORK = {
    Action.ASSESS_MARK: {ApplicationState.ASSESSMENT: "scores, visits and comments of assigned cases"},
    Action.VOTE_ON_MARK: {ApplicationState.COMMISSION: "votes at sittings of one's term, but for recusals"},
    Action.HANDLE_MARK: {
        ApplicationState.FORMAL_CHECK: "verdicts on criteria and faults",
        ApplicationState.ASSESSMENT: "assigns assessors",
        ApplicationState.COMMISSION: "agenda and minutes",
    },
    Action.APPLY_FOR_MARK: {
        ApplicationState.DRAFT: "writes every step, files, recommendations",
        ApplicationState.CORRECTION: "mends the places that the call names",
        ApplicationState.GRANTED: "signs the agreement",
    },
}


def files():
    """{path: text} of everything that is written."""
    drawn = {
        path: picture.svg(make(is_public=False), title=title, key="way", says=_says, width=640, style=picture.STYLE)
        for path, (title, make) in PICTURES.items()
    }
    return drawn | {FILE: _document()}


def write():
    for path, text in files().items():
        (settings.BASE_DIR / path).write_text(text, encoding="utf-8")


def _says(out):
    return f"{out.button} → {out.label} ({out.actors})"


def _document():
    parts = [HEAD]
    for path, (title, make) in PICTURES.items():
        parts.append(f"## {title}\n\n![{title}: the steps are listed below](pictures/{path.rpartition('/')[2]})\n\n")
        parts.append(_steps(make(is_public=False)))
    parts.append("## States\n\n" + _states())
    parts.append("## Who may do what\n\n" + _roles() + OWN)
    return "".join(parts).rstrip() + "\n"


def _table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n\n"


def _steps(places):
    return _table(
        ["from", "step", "to", "who", "takes back"],
        [
            [place.label, f"{out.button} (`{out.step}`)", out.label, out.actors, "yes" if out.is_undoing else ""]
            for place in places
            for out in place.outs
        ],
    )


def _states():
    rows = [[f"`{one.value}`", one.label, PUBLIC[one], "application"] for one in ApplicationState]
    return _table(
        ["code", "for the office", "for the applicant", "of"],
        [*rows, *([f"`{one.value}`", one.label, one.label, "mark"] for one in MarkState)],
    )


def holders(action):
    """The roles that give an action."""
    return [role for role in Role if action in POWERS[role].actions]


def _roles():
    actions = [
        Action.APPLY_FOR_MARK,
        Action.HANDLE_MARK,
        Action.ASSESS_MARK,
        Action.VOTE_ON_MARK,
        Action.DECIDE_ON_MARK,
    ]
    powers = _table(
        ["power", "roles", "what it is"],
        [[f"`{one.name}`", ", ".join(role.label for role in holders(one)), one.value] for one in actions],
    )
    # Whoever asks as an applicant is a representative; the other actors are named by access.ACTIONS.
    actors = {Action.APPLY_FOR_MARK: Actor.APPLICANT} | {action: actor for actor, action in ACTIONS.items()}
    rows = [
        [state.label, *(_cell(state, action, actors.get(action)) for action in actions)] for state in ApplicationState
    ]
    return powers + _table(["state", *(f"`{one.name}`" for one in actions)], rows)


def _cell(state, action, actor):
    moves = workflow.applications.available(state=state, actor=actor) if actor else []
    work = WORK.get(action, {}).get(state)
    return "; ".join([*(move.label for move in moves), *([f"*{work}*"] if work else [])]) or "–"
