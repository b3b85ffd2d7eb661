"""How much memory this process and those it started have had at once, at most (proc(5), smaps_rollup)."""

import re
import threading
from pathlib import Path

_EVERY = 0.2
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


class Memory(threading.Thread):
    """`with Memory() as memory:` watches; `memory.most` in MB. What processes share is counted once."""

    def __init__(self):
        super().__init__(daemon=True)
        self.most = 0
        self._over = threading.Event()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self.join()

    def run(self):
        while not self._over.wait(_EVERY):
            self.most = max(self.most, sum(map(_megabytes, ["self", *_children()])))


def _children():
    for task in Path("/proc/self/task").iterdir():
        yield from _read(task / "children").split()


def _megabytes(pid):
    found = _PSS.search(_read(Path(f"/proc/{pid}/smaps_rollup")))
    return int(found[1]) / 1024 if found else 0


def _read(path):
    """Nothing of a thread or process that has just ended."""
    try:
        return path.read_text()
    except OSError:
        return ""
