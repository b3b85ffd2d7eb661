"""Every kind of long work, in one list. An app adds its own in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """`work(progress, owner, **given)` does it, in a process that may be killed at any moment.

    It returns sentences for the person, calls `progress(done, total=None)` now and then outside of what may not be
    broken off, and lets pass what that raises. `again` says that what a killed process left can be done once more.
    `permission` is what the owner must still have when it is done and when its file is fetched.
    """

    name: str
    work: Callable
    again: bool
    permission: str = ""

    def is_for(self, owner):
        """Work without an owner was ordered at the shell."""
        return not self.permission or owner is None or owner.has_perm(self.permission)


_KINDS = {}


def register(*kinds):
    _KINDS.update({kind.name: kind for kind in kinds})


def may_have_result(job):
    """Whether the owner of a job may still have what it made; of a kind that was given up nobody knows."""
    return job.kind in _KINDS and _KINDS[job.kind].is_for(job.owner)


def find(name):
    """The Kind of this name; LookupError when no app has registered it."""
    return _KINDS[name]
