"""Runs steps and keeps long-lived processes; notices when one dies and leaves none behind."""

import os
import selectors
import signal
import subprocess
import time

from local.children import end, spawn
from local.failures import Failure, last_line
from local.place import ROOT

LOOK_SECONDS = 0.2


class Stopped(Exception):
    """Somebody asked us to stop: Ctrl-C, kill or a closed terminal."""


class Supervisor:
    """Use as a context manager: whatever was started ends with the block, however the block ends.

    `servers` is a Lease of local.servers, or None when the servers are somebody else's.
    """

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def __init__(self, logs, *, servers=None):
        self.logs = logs
        self.servers = servers
        self.children = {}
        self.asked_to_stop = False

    def __enter__(self):
        # The handlers only take a note: an exception in the middle of starting a process would lose that process.
        for number in self.signals:
            signal.signal(number, self._note)
        return self

    def __exit__(self, *_):
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        for child in self.children.values():
            end(child)
        if self.servers is not None:
            self.servers.leave()

    def _note(self, *_):
        self.asked_to_stop = True

    def log(self, name):
        return self.logs / f"{name}.log"

    def start(self, name, command):
        """Start a process that `check` watches from now on."""
        self.children[name] = spawn(command, log=self.log(name), cwd=ROOT, env=os.environ | {"PYTHONUNBUFFERED": "1"})

    def run(self, name, command):
        """Run a command to its end, its output in a log. Raises Failure when it fails, Stopped when we are."""
        self.log(name).unlink(missing_ok=True)
        self.start(name, command)
        self.finish(name)

    def finish(self, name):
        """Wait for the end of the process `name`. Raises Failure when it fails, Stopped when we are asked to stop."""
        child = self.children[name]
        while child.poll() is None:
            self.check(but=name)
            try:
                child.wait(LOOK_SECONDS)
            except subprocess.TimeoutExpired:
                continue
        del self.children[name]
        if child.returncode:
            raise Failure(f"Krok {name} nie powiódł się{self._why(name)}; szczegóły: {self.log(name)}")

    def check(self, *, but=None):
        """Raise Stopped when asked to stop, Failure when a process or server died; the process `but` may end well."""
        if self.asked_to_stop:
            raise Stopped
        for name, child in self.children.items():
            if name != but and child.poll():
                raise Failure(f"Proces {name} przestał działać{self._why(name)}; szczegóły: {self.log(name)}")
        if self.servers is not None and (news := self.servers.bad_news()):
            raise Failure(news)

    def watch(self):
        """Look after everything until something dies or somebody asks us to stop; never returns."""
        with selectors.DefaultSelector() as selector:
            if self.servers is not None:
                selector.register(self.servers, selectors.EVENT_READ)
            while True:
                self.check()
                if self.servers is None:
                    time.sleep(LOOK_SECONDS)
                else:
                    selector.select(LOOK_SECONDS)

    def _why(self, name):
        line = last_line(self.log(name))
        return f" ({line})" if line else ""
