"""What happened to a notice, as visitors read it."""

from dataclasses import dataclass, field
from datetime import datetime

from procurement.choices import NoticeState

# Steps that nobody but officers needs to know of are not here.
WORDS = {
    "publish": "Ogłoszono",
    "correct": "Sprostowano",
    "correct_concluded": "Sprostowano",
    "correct_cancelled": "Sprostowano",
    "withdraw": "Wycofano",
    "part_result": "Podano wynik części",
    "conclude": "Rozstrzygnięto",
    "cancel": "Unieważniono",
}
_AGAIN = {"part_result", "conclude", "cancel"}


@dataclass(frozen=True, slots=True)
class Line:
    words: str
    at: datetime
    note: str
    # [(what, before, after)]
    changes: list = field(default_factory=list)


def history(notice):
    """Lines, the newest first; one query."""
    steps = [step for step in notice.steps.all() if step.name in WORDS]
    return [
        Line(
            "Zmieniono wynik" if step.name in _AGAIN and step.changes else WORDS[step.name],
            step.made_at,
            step.note,
            [(name, before, after) for name, (before, after) in step.changes.items()],
        )
        for step in reversed(steps)
    ]


def state_badge(state):
    """(text, kind) beside the name of a notice."""
    kinds = {
        NoticeState.PUBLISHED: "good",
        NoticeState.SCHEDULED: "warn",
        NoticeState.CANCELLED: "bad",
        NoticeState.WITHDRAWN: "bad",
    }
    return NoticeState(state).label, kinds.get(state, "")
