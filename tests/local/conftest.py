import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from local.place import ROOT

PATIENCE = 60
GRACE = 5


@pytest.fixture
def var():
    """A folder for the embedded servers of one test; whatever still runs in it afterwards fails the test."""
    folder = Path(tempfile.mkdtemp(prefix="portal-test-")).resolve()
    folder.chmod(0o755)
    yield folder
    # Whoever was told to stop may still be at it.
    deadline = time.monotonic() + GRACE
    while (left := processes_of(folder)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for process in left:
        process.kill()
    shutil.rmtree(folder)
    assert left == []


def command_of(process):
    """The words of its command line; none for a process that has ended since it was listed."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def processes_of(folder):
    """Living processes that were started with VAR_DIR=folder or work inside it."""
    found = []
    for process in psutil.process_iter():
        try:
            inside = str(folder) in " ".join(command_of(process)) or process.cwd().startswith(str(folder))
            if process.status() != psutil.STATUS_ZOMBIE and (
                inside or process.environ().get("VAR_DIR", "").startswith(str(folder))
            ):
                found.append(process)
        except psutil.Error:
            continue
    return found


def wait_until_gone(processes):
    """Wait for the end of processes that are not our children; a zombie that nobody has reaped yet has ended."""
    deadline = time.monotonic() + PATIENCE
    while processes := [process for process in processes if _alive(process)]:
        assert time.monotonic() < deadline, processes
        psutil.wait_procs(processes, timeout=0.1)


def _alive(process):
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_python(code, *, var, **environment):
    """A Python process of a newcomer: no addresses of servers in its environment; text pipes."""
    clean = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=clean | {"VAR_DIR": str(var)} | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def run_python(code, *, var, **environment):
    """Exit code, output and errors of such a process."""
    with start_python(code, var=var, **environment) as process:
        try:
            output, errors = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    return process.returncode, output, errors
