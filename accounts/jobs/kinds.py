"""Every kind of long work, in one list. An app adds its own in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """`work(progress, owner, **given)` does it, in a process that may be killed at any moment.

    It returns sentences for the person, calls `progress(done, total=None)` now and then outside of what may not be
    broken off, and lets pass what that raises. `again` says that what a killed process left can be done once more.
    """

    name: str
    work: Callable
    again: bool


_KINDS = {}


def register(*kinds):
    _KINDS.update({kind.name: kind for kind in kinds})


def find(name):
    """The Kind of this name; LookupError when no app has registered it."""
    return _KINDS[name]
