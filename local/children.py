"""Starting and ending operating-system processes so that none is left behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys

import psutil

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def spawn(command, *, log, death_signal=signal.SIGTERM, **options):
    """Start `command` in a session of its own, its output appended to the file `log`.

    On Linux the kernel sends it `death_signal` when we die without saying goodbye (kill -9).
    """
    parent = os.getpid()

    def die_with_parent():
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, int(death_signal))
            if os.getppid() != parent:
                os.kill(os.getpid(), death_signal)

    with log.open("ab") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - we start children from one thread only
            **{"stdin": subprocess.DEVNULL} | options,
        )


def end(child, *, first=signal.SIGTERM, patience=10):
    """Ask `child` to end, wait `patience` seconds, then kill whatever its process group still holds."""
    if child.poll() is None:
        child.send_signal(first)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(patience)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def end_orphan(pid_file, *, program, first=signal.SIGTERM):
    """End the server that an earlier keeper, killed before it could stop it, left with its number in `pid_file`."""
    try:
        process = psutil.Process(int(pid_file.read_text().split()[0]))
        if program in process.name():
            process.send_signal(first)
            try:
                process.wait(10)
            except psutil.TimeoutExpired:
                process.kill()
                process.wait(10)
    except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
        pass
    pid_file.unlink(missing_ok=True)
