"""What cleaning one cell gives back."""

from typing import Any, NamedTuple


class Cleaned(NamedTuple):
    """`value` (None when there is nothing), Polish `notes` about what was repaired, and the reason of a refusal."""

    value: Any = None
    notes: tuple = ()
    problem: str | None = None


EMPTY = Cleaned()


def refused(problem):
    return Cleaned(problem=problem)
