"""This clone's embedded PostgreSQL and Valkey, shared by all commands, tests and the demo of the clone.

Only the demo, the tests and commands run by hand come here; settings see nothing but DATABASE_URL and REDIS_URL.
"""

import atexit
import contextlib
import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys

from local.failures import NO_SPACE, Failure, explained
from local.place import ROOT, place_of, var_dir

NEEDED_MEGABYTES = 500
SECONDS_TO_START = 120
NAMES = ("DATABASE_URL", "REDIS_URL")


class Lease:
    """A connection to the keeper; the servers run at least as long as it is open."""

    def __init__(self, connection, urls):
        self.connection = connection
        self.urls = urls
        self.owner = os.getpid()

    def fileno(self):
        """For selectors: readable when the keeper has something to tell, always bad news."""
        return self.connection.fileno()

    def bad_news(self):
        """The sentence the keeper sent, or None while all is well. Does not wait."""
        self.connection.setblocking(False)
        try:
            line = self.connection.recv(4096)
        except BlockingIOError:
            return None
        except OSError:
            line = b""
        return json.loads(line)["error"] if line else "Wbudowane serwery zostały zatrzymane."

    def leave(self):
        """Give the servers back. The last one to leave returns when they have stopped."""
        if self.owner != os.getpid():
            return
        with self.connection, contextlib.suppress(OSError):
            self.connection.settimeout(30)
            self.connection.shutdown(socket.SHUT_WR)
            while self.connection.recv(4096):
                pass


def ensure_environment():
    """Set DATABASE_URL and REDIS_URL, where unset, to this clone's embedded servers; start them when nobody has.

    The servers stop with the last process that uses them. Ends the process with one sentence when they cannot start.
    """
    if all(os.environ.get(name) for name in NAMES):
        return
    try:
        lease = join()
    except Failure as failure:
        sys.exit(str(failure))
    atexit.register(lease.leave)
    for name in NAMES:
        if not os.environ.get(name):
            os.environ[name] = lease.urls[name]


def join():
    """A Lease of the running servers, started first when they do not run. Raises Failure."""
    var = var_dir()
    with explained(var):
        check_space(var)
        place = place_of(var)
        with (place.run / "join.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for _ in range(2):
                connection = _connect(place) or _start(place, var)
                urls = _greeting(connection)
                if urls is not None:
                    return Lease(connection, urls)
    raise Failure(f"Nie udało się uruchomić wbudowanych serwerów; szczegóły: {place.log('servers')}")


def check_space(var, *, needed=NEEDED_MEGABYTES):
    """Raise Failure when the disk under the folder `var` has less than `needed` megabytes free."""
    existing = next(folder for folder in [var, *var.parents] if folder.exists())
    if shutil.disk_usage(existing).free < needed * 1024**2:
        raise Failure(NO_SPACE.format(folder=var, megabytes=needed))


def _connect(place):
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(str(place.keeper_socket))
    except (FileNotFoundError, ConnectionRefusedError):
        connection.close()
        return None
    return connection


def _start(place, var):
    """Start a keeper; it listens by the time its first process returns."""
    keeper = subprocess.run(
        [sys.executable, "-m", "local.keeper"],
        cwd=ROOT,
        env=os.environ | {"VAR_DIR": str(var)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a Ctrl-C meant for us is not for the servers
    )
    connection = None if keeper.returncode else _connect(place)
    if connection is None:
        lines = keeper.stderr.strip().splitlines()
        raise Failure(lines[-1] if lines else "Nie udało się uruchomić wbudowanych serwerów.")
    return connection


def _greeting(connection):
    """The addresses of the servers, or None when the keeper was just leaving. Raises Failure with its bad news."""
    connection.settimeout(SECONDS_TO_START)
    try:
        with connection.makefile("rb") as stream:
            line = stream.readline()
    except OSError:
        line = b""
    if not line:
        connection.close()
        return None
    message = json.loads(line)
    if "error" in message:
        connection.close()
        raise Failure(message["error"])
    return message
