"""A process beside this one for what needs the processor and not the database: a second thread would share its core.

Started as a program of its own, because workers of the queue may not fork, and a database connection must not be.
"""

import contextlib
import gc
import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
# As much as Linux grants anyone. Between two reads of a pipe a busy thread may take 5 ms, which is long for 64 kB.
_PIPE = 1 << 20


class Beside:
    """`with Beside(wanted) as beside:` is ready to start the process, unless there is too little to do to want one.

    It starts with the first question and ends with the block, and by itself when this process dies. It has the same
    settings and no connection.
    """

    def __init__(self, wanted):
        self._wanted = wanted
        self._process, self._turn, self._new = None, threading.Lock(), []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._process:
            # Of a dead process the last message is still on its way.
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
            self._process.stdout.close()
            self._process.wait()

    def doing(self, work):
        """`work`, a picklable callable of one argument, as one that is called there; it keeps its state there.

        What it raises is raised here; ChildProcessError when the process has died. May be called in any thread.
        """
        if not self._wanted:
            return work
        self._new.append(work)
        number = len(self._new) - 1
        return lambda given: self._ask(number, given)

    def _ask(self, number, given):
        with self._turn:
            self._process = self._process or _started()
            work, self._new[number] = self._new[number], None
            try:
                _send(self._process.stdin, (number, work, given))
                result, failure = _receive(self._process.stdout)
            except (OSError, EOFError) as error:
                raise ChildProcessError("Proces pomocniczy przestał działać.") from error
        if failure:
            raise failure
        return result


def _started():
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "core.beside"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pipesize=_PIPE,
        env=os.environ | {"PYTHONPATH": str(_ROOT)},
    )


def main():
    """Answer each (number, work or None when it is known, argument) with (result, exception)."""
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever prints must not print among the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # As in the process that asks: much is made here and nothing in cycles.
    gc.disable()
    works = {}
    while True:
        try:
            number, work, given = _receive(asked)
        except EOFError:
            return
        works.setdefault(number, work)
        try:
            answer = works[number](given), None
        except Exception as failure:
            answer = None, failure
        _send(answers, answer)


def _send(stream, thing):
    message = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
    stream.write(len(message).to_bytes(8))
    stream.write(message)
    stream.flush()


def _receive(stream):
    size = stream.read(8)
    if not size:
        raise EOFError
    return pickle.loads(stream.read(int.from_bytes(size)))  # noqa: S301 - only the two processes write there


if __name__ == "__main__":
    import signal

    import django

    # Ctrl-C reaches all of a terminal's processes; the one that asks decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    django.setup()
    main()
