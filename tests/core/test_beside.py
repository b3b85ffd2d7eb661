import contextlib
import os
import signal
import subprocess
import sys
from subprocess import PIPE

import pytest

from core.beside import Beside


class Counting:
    """Keeps what it was given, wherever it is."""

    def __init__(self):
        self.given = []

    def __call__(self, number):
        self.given.append(number)
        return os.getpid(), list(self.given)


class Talking:
    def __call__(self, text):
        sys.stdout.write(text)
        sys.stdout.flush()
        return text.upper()


def fail(sentence):
    raise ValueError(sentence)


def end(_):
    os.kill(os.getpid(), signal.SIGKILL)


def test_work_is_done_in_another_process_which_keeps_its_state():
    with Beside(wanted=True) as beside:
        count, other = beside.doing(Counting()), beside.doing(Counting())
        here = [count(1), other(5), count(2)]

    (process, _), *_ = here
    assert process != os.getpid()
    assert [(process, [1]), (process, [5]), (process, [1, 2])] == here


def test_little_work_is_done_here():
    with Beside(wanted=False) as beside:
        assert beside.doing(Counting())(1) == (os.getpid(), [1])


def test_a_message_larger_than_a_pipe_comes_through_whole():
    with Beside(wanted=True) as beside:
        assert beside.doing(Talking())("ż" * 3_000_000) == "Ż" * 3_000_000


def test_what_is_printed_there_does_not_get_among_the_answers(capfd):
    with Beside(wanted=True) as beside:
        assert beside.doing(Talking())("cisza") == "CISZA"

    assert "cisza" in capfd.readouterr().err


def test_what_the_work_raises_is_raised_here_and_the_process_goes_on():
    with Beside(wanted=True) as beside:
        raising, count = beside.doing(fail), beside.doing(Counting())
        with pytest.raises(ValueError, match="zły wiersz"):
            raising("zły wiersz")
        assert count(1)[1] == [1]


def test_a_process_that_dies_is_told_of():
    with Beside(wanted=True) as beside:
        dying = beside.doing(end)
        with pytest.raises(ChildProcessError):
            dying(None)


def test_it_ends_with_the_block_also_after_an_error():
    with contextlib.suppress(RuntimeError), Beside(wanted=True) as beside:
        process, _ = beside.doing(Counting())(1)
        raise RuntimeError

    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_it_ends_when_the_process_that_asks_is_killed():
    asking = "from core.beside import Beside; b = Beside(True); b.doing(len)([]); print('begun', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", asking], **dict.fromkeys(("stdin", "stdout", "stderr"), PIPE)
    ) as asker:
        assert asker.stdout.readline() == b"begun\n"
        asker.kill()
        # Ends when nobody holds the stream any more, so when the process beside has ended too.
        assert asker.stderr.read() == b""
