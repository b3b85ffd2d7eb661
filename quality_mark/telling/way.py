"""The states of a process in the order in which they are read, each with the ways out of it, for one reader."""

from dataclasses import dataclass

from quality_mark import workflow
from quality_mark.choices import PUBLIC, Actor
from quality_mark.choices import ApplicationState as A
from quality_mark.choices import MarkState as M

# Who acts, in words of an applicant.
ACTORS = {
    Actor.APPLICANT: "wnioskodawca",
    Actor.CLERK: "biuro",
    Actor.CHAIR: "Kapituła",
    Actor.DIRECTOR: "dyrektor",
    Actor.TIME: "upływ terminu",
}
MAIN, ASIDE, END = "main", "aside", "end"


@dataclass(frozen=True, slots=True)
class Out:
    """A way out of a state: where it leads, who goes it, and whether it takes something back."""

    step: str
    button: str
    target: str
    label: str
    actors: str
    is_undoing: bool


@dataclass(frozen=True, slots=True)
class Place:
    state: str
    label: str
    kind: str
    outs: list


_APPLICATION = [
    (MAIN, [A.DRAFT, A.SUBMITTED, A.FORMAL_CHECK]),
    (ASIDE, [A.CORRECTION]),
    (MAIN, [A.FORMAL_OK, A.ASSESSMENT, A.COMMISSION, A.GRANTED, A.ACTIVE]),
    (END, [A.LEFT_UNEXAMINED, A.REFUSED, A.WITHDRAWN]),
]
_MARK = [
    (MAIN, [M.ACTIVE, M.RENEWAL_OPEN, M.RENEWAL_SUBMITTED]),
    (ASIDE, [M.SUSPENDED]),
    (END, [M.EXPIRED, M.REVOKED]),
]


def way_of_application(*, is_public):
    labels = PUBLIC if is_public else {state: state.label for state in A}
    return _way(workflow.applications, _APPLICATION, labels, is_public)


def life_of_mark(*, is_public):
    labels = {state: state.label.capitalize() if is_public else state.label for state in M}
    return _way(workflow.marks, _MARK, labels, is_public)


def _way(table, groups, labels, is_public):
    return [
        Place(state.value, labels[state], kind, _outs(table, state, labels, is_public))
        for kind, states in groups
        for state in states
    ]


def _outs(table, state, labels, is_public):
    """What the office takes back of its own is no part of the way that the public is shown; what silence means depends
    on the rules, and stands beside the drawing in words."""
    aside = (workflow.UNDOING - workflow.AFTER_COMPLAINT) | workflow.BY_SILENCE
    hidden = aside if is_public else frozenset()
    return [
        Out(
            move.name,
            move.label,
            str(move.target),
            labels[move.target],
            " albo ".join(_actors(move, is_public)),
            move.name in workflow.UNDOING,
        )
        for move in table
        if state in move.sources and move.name not in hidden
    ]


def _actors(move, is_public):
    if len(move.actors) == len(Actor):
        return ["każdy, kto kończy wniosek"]
    return [ACTORS[actor] if is_public else actor.label for actor in Actor if actor in move.actors]
