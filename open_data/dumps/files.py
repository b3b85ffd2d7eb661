"""Files on their way into the storage: written under a name that nobody reads, renamed when they are whole."""

import contextlib
import gzip
import os
import queue
import shutil
import threading
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from django.core.files.storage import default_storage

FOLDER = "otwarte-dane"
# Hidden, so that the nightly sweep of files without rows leaves it to us.
_UNFINISHED = f"{FOLDER}/.pisane"
_LEVEL, _WAITING = 5, 4


@dataclass(frozen=True, slots=True)
class Written:
    path: Path
    sha256: str
    size: int
    stored_size: int


class Target(threading.Thread):
    """Takes bytes and keeps them as gzip, the sum and the size being those of the bytes.

    A thread of its own does both: neither needs Python, which the rows do. What fails there is raised by the next
    write() or by finish(): a full disk.
    """

    def __init__(self):
        super().__init__(daemon=True)
        self._path = _folder() / uuid4().hex
        self._pieces, self._failure = queue.Queue(_WAITING), None
        self._sum, self._size = sha256(), 0
        self._file = self._path.open("wb")
        self.start()

    def write(self, data):
        if self._failure:
            raise self._failure
        self._pieces.put(bytes(data))
        return len(data)

    def flush(self):
        """For zipfile, which asks for it after each part."""

    def finish(self):
        """Everything is on the disk; what became of it."""
        self._end()
        if self._failure:
            raise self._failure
        return Written(self._path, self._sum.hexdigest(), self._size, self._path.stat().st_size)

    def discard(self):
        self._end()
        self._path.unlink(missing_ok=True)

    def run(self):
        pieces = iter(self._pieces.get, None)
        try:
            with self._file:
                # Without a name and a time inside, equal bytes make an equal file.
                with gzip.GzipFile("", "wb", _LEVEL, self._file, mtime=0) as packed:
                    for piece in pieces:
                        self._sum.update(piece)
                        self._size += len(piece)
                        packed.write(piece)
                self._file.flush()
                os.fsync(self._file.fileno())
        except Exception as error:
            self._failure = error
            # Whoever writes may wait for room in the queue; of one that has ended nothing more is asked.
            for _ in pieces:
                pass

    def _end(self):
        if self.is_alive():
            self._pieces.put(None)
            self.join()


@contextlib.contextmanager
def targets(formats):
    """{Format: Target} that are discarded when the block fails."""
    opened = {}
    try:
        for one in formats:
            opened[one] = Target()
        yield opened
    except BaseException:
        for target in opened.values():
            target.discard()
        raise


def name_of(written):
    return f"{FOLDER}/{written.sha256[:2]}/{written.sha256}.gz"


def keep(written):
    """Gives a file its name. One of this name says the same, whoever left it there."""
    place = Path(default_storage.path(name_of(written)))
    place.parent.mkdir(parents=True, exist_ok=True)
    written.path.replace(place)
    return name_of(written)


def clear_unfinished():
    """Forget what a killed process left. For the one process that is allowed to write."""
    shutil.rmtree(default_storage.path(_UNFINISHED), ignore_errors=True)


def _folder():
    folder = Path(default_storage.path(_UNFINISHED))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
