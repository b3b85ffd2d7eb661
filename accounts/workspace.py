"""What apps give to the panel of a signed-in person: each registers its function in AppConfig.ready()."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits; `until` when somebody set a day, an empty `url` when it is done elsewhere."""

    label: str
    url: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Whom or what the person works for here: the role in words, and where each thing is done: [(label, url)]."""

    title: str
    role: str
    links: list = field(default_factory=list)
    until: date | None = None


_contributions = []


def contribute(function):
    """Adds `function(user, now)` → (list of Waiting, list of Place) to the panel."""
    if function not in _contributions:
        _contributions.append(function)
    return function


def gathered(user, now):
    """All Waiting, those with the nearest day first, and all Places."""
    waiting, places = [], []
    for function in _contributions:
        more_waiting, more_places = function(user, now)
        waiting += more_waiting
        places += more_places
    return sorted(waiting, key=lambda one: (one.until is None, one.until or date.max)), places
