"""`make demo`: everything the portal needs on one machine, from an empty folder to a page that answers.

PORT and HOST say where to listen, RESET=1 throws the demo's data away first. With DATABASE_URL and REDIS_URL the same
processes run on those servers instead of the embedded ones.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import sys
import time
import urllib.error
import urllib.request

import psycopg

from local import servers
from local.failures import Failure, explained
from local.place import ROOT, var_dir
from local.postgres import DATABASE
from local.static_files import collected, note_collected
from local.supervisor import Stopped, Supervisor

MANAGE = (sys.executable, ROOT / "manage.py")
# The same commands as in docker-compose.yml, which tests/test_deployment.py compares.
PROCESSES = {
    "web": ("gunicorn", "config.wsgi"),
    "worker": ("celery", "--app", "config", "worker", "--concurrency", "2", "--loglevel", "INFO"),
    "beat": ("celery", "--app", "config", "beat", "--loglevel", "INFO"),
}
STEPS = {
    "polish": "Układam słownik odmian wyrazów…",
    "collectstatic": "Zbieram pliki stron…",
    "migrate": "Zakładam tabele…",
    "load_dictionaries": "Wczytuję słowniki…",
    "seed_demo": "Wymyślam pokazowy region…",
}
COMMANDS = {
    "polish": (sys.executable, "-m", "core.polish"),
    "collectstatic": (*MANAGE, "collectstatic", "--no-input", "--clear"),
    "migrate": (*MANAGE, "migrate", "--no-input"),
    "load_dictionaries": (*MANAGE, "load_dictionaries"),
    "seed_demo": (*MANAGE, "seed_demo"),
}
# These take some 15 and 20 seconds, need no database and go on while the others run.
ASIDE = ("polish", "collectstatic")
SECONDS_TO_ANSWER = 90
PASSWORD = "demo-portal-2026"  # noqa: S105 - printed for everybody to see
ACCOUNTS = {
    "przedstawiciel": "przedstawiciel organizacji",
    "urzednik": "urzędnik zamawiającego",
    "asesor": "asesor",
    "kapitula": "członek kapituły",
    "dyrektor": "dyrektor",
    "koordynator": "koordynator",
    "admin": "administrator",
}


def main(*, steps=tuple(STEPS)):
    """Run the demo until it is asked to stop; returns the exit code."""
    try:
        host, port = _address()
        with explained(var_dir()):
            _run(host, port, steps=steps)
    except Stopped:
        print("Zatrzymano.", flush=True)
        return 0
    except Failure as failure:
        print(failure, file=sys.stderr, flush=True)
        return 1


def _run(host, port, *, steps):
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
    os.environ |= {"HOST": host, "PORT": str(port)}
    os.environ.setdefault("SITE_URL", _url(host, port))
    reset = os.environ.get("RESET") == "1"
    embedded = not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))
    if reset and os.environ.get("DATABASE_URL"):
        raise Failure("RESET=1 działa tylko na wbudowanej bazie: dane serwera z DATABASE_URL usuń samodzielnie.")
    var = var_dir()
    (var / "log").mkdir(parents=True, exist_ok=True)
    with _only_demo(var), Supervisor(var / "log") as supervisor:
        if embedded:
            print("Uruchamiam PostgreSQL i Valkey…", flush=True)
            supervisor.servers = servers.join()
            for name, url in supervisor.servers.urls.items():
                os.environ.setdefault(name, url)
        if reset:
            _reset(var)
        _prepare(supervisor, var, steps)
        for name, command in PROCESSES.items():
            supervisor.start(name, (sys.executable, "-m", *command))
        _wait_until_ready(supervisor, host, port)
        _greet(host, port)
        supervisor.watch()


def _prepare(supervisor, var, steps):
    # Stands while the region is being invented, which may be repeated: so a start that was interrupted goes on.
    unfinished = var / "seeding"
    for step in steps:
        if step == "seed_demo" and not (_empty() or unfinished.exists()):
            continue
        if step == "collectstatic" and collected(var):
            continue
        print(STEPS[step], flush=True)
        if step in ASIDE:
            supervisor.start(step, COMMANDS[step])
            continue
        if step == "seed_demo":
            unfinished.touch()
        supervisor.run(step, COMMANDS[step])
        if step == "seed_demo":
            unfinished.unlink()
    for step in ASIDE:
        if step in supervisor.children:
            supervisor.finish(step)
            if step == "collectstatic":
                note_collected(var)


def _address():
    """HOST and PORT. Raises Failure when nobody can listen there."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise Failure(f"PORT musi być liczbą od 1 do 65535, a jest: {port}")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except socket.gaierror as error:
        raise Failure(f"Nieznany adres HOST={host}") from error
    except OSError as error:
        if isinstance(error, PermissionError):
            raise Failure(
                f"Port {port} jest zastrzeżony dla systemu: wybierz inny, np. make demo PORT=8000"
            ) from error
        raise Failure(f"Port {port} jest zajęty: wybierz inny, np. make demo PORT={int(port) % 65535 + 1}") from error
    return host, int(port)


@contextlib.contextmanager
def _only_demo(var):
    """Two demos on the same data would have two beats: the second one is refused."""
    with (var / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Failure("Demo tego klonu już działa: zatrzymaj je, zanim uruchomisz następne.") from error
        yield


def _reset(var):
    """Throw away the demo's database and uploads."""
    server = os.environ["DATABASE_URL"].replace(f"/{DATABASE}?", "/postgres?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
    shutil.rmtree(var / "media", ignore_errors=True)


def _empty():
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        return connection.execute("SELECT NOT EXISTS (SELECT FROM registry_institution)").fetchone()[0]


def _wait_until_ready(supervisor, host, port):
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < deadline:
        supervisor.check()
        try:
            with urllib.request.urlopen(f"{_url(host, port)}readyz", timeout=2) as answer:  # noqa: S310 - our own
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise Failure(f"Portal nie odpowiada od {SECONDS_TO_ANSWER} sekund; szczegóły: {supervisor.log('web')}")


def _url(host, port):
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{name}:{port}/"


def _greet(host, port):
    accounts = "\n".join(f"  {name}@demo.example".ljust(32) + role for name, role in ACCOUNTS.items())
    print(
        f"\nPortal działa: {_url(host, port)}\nPoczta, którą wysłał: {_url(host, port)}demo/poczta/\n\n"
        f"Konta pokazowe, hasło {PASSWORD}:\n{accounts}\n\n"
        "Ctrl-C zatrzymuje wszystko; następny start zachowa dane, a make demo RESET=1 zacznie od nowa.",
        flush=True,
    )


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    sys.exit(main())
