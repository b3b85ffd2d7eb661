"""A process as a table of steps: pure data, and the two questions that views, admin and use cases ask of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.exceptions import Refused


@dataclass(frozen=True, slots=True)
class Transition:
    """One step. `actors` name who may take it, in words of the app; `label` is what its button says."""

    name: str
    sources: frozenset[str]
    target: str
    label: str
    actors: frozenset[str]


class Workflow:
    def __init__(self, *transitions: Transition):
        self._by_name = {one.name: one for one in transitions}
        if len(self._by_name) != len(transitions):
            raise ValueError("Names of transitions must be unique")

    def __iter__(self) -> Iterator[Transition]:
        return iter(self._by_name.values())

    def available(self, *, state: str, actor: str) -> list[Transition]:
        return [one for one in self if state in one.sources and actor in one.actors]

    def resolve(self, name: str, *, state: str, actor: str) -> Transition:
        """The step of this name. Refused when it is not for this actor or not from this state."""
        for one in self.available(state=state, actor=actor):
            if one.name == name:
                return one
        raise Refused("Tego kroku nie można teraz zrobić: ktoś mógł zmienić stan w tej samej chwili.")
