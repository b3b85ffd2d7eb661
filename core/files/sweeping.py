"""Files that no row names: left by a rollback after the file was written, or by a process killed between the two.

Safe by its order. First the storage is listed, then all rows are read, and right before anything goes they are read
once more; what is younger than a day is left, because its transaction may still be under way.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.storage import default_storage

from core.files.named import unnamed

logger = logging.getLogger(__name__)
GRACE, BATCH = timedelta(days=1), 1000
# More than this at once is no night's leavings: the wrong database or a folder of somebody else stands behind it.
FEW, MOST_SHARE = 100, 0.2


class TooMany(Exception):
    """So many files have no row that nothing was removed."""


@dataclass(frozen=True, slots=True)
class Found:
    """`unnamed` are older than a day; `stored` is how many files there are."""

    stored: int
    unnamed: list

    @property
    def is_suspicious(self):
        return len(self.unnamed) > max(FEW, MOST_SHARE * self.stored)


def look(*, now):
    """What a sweep would remove."""
    stored = list(_stored(""))
    old = [name for name in stored if _is_older(name, now - GRACE)]
    return Found(len(stored), unnamed(old) if old else [])


def sweep(*, now, even_many=False):
    """Remove at most BATCH of them; returns how many. Safe to repeat and beside people at work. TooMany: see there."""
    found = look(now=now)
    if found.is_suspicious and not even_many:
        raise TooMany(f"{len(found.unnamed)} of {found.stored} files are named by no row")
    batch = found.unnamed[:BATCH]
    return sum(_remove(name) for name in (unnamed(batch) if batch else ()))


def sweep_at_night(now):
    """The same for the nightly job: what it does not dare it leaves to a person, and says so in the log."""
    try:
        return sweep(now=now)
    except TooMany as doubt:
        logger.error("no file was swept: %s. See manage.py sweep_files", doubt)
        return 0


def _stored(folder):
    """Names of all files in folders of the storage; what lies beside the folders, or is hidden, is not ours."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    if folder:
        yield from (f"{folder}/{name}" for name in files if not name.startswith("."))
    for name in folders:
        if not name.startswith("."):
            yield from _stored(f"{folder}/{name}".lstrip("/"))


def _is_older(name, moment):
    try:
        return default_storage.get_modified_time(name) < moment
    except FileNotFoundError:
        return False


def _remove(name):
    try:
        default_storage.delete(name)
    except OSError:
        logger.exception("an unnamed file could not be deleted")
        return 0
    return 1
