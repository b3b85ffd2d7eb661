"""How fast the mark answers: the office's board with 10,000 cases, the verification, 500 submissions, certificates.

CASES=1000 makes fewer cases. The organisations are those of the region.
"""

import itertools
import logging
import os
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from celery import current_app
from django.conf import settings
from django.db import connection, connections
from django.test import Client

from accounts.choices import Role
from bench import marks
from bench.catalogue import PLAIN_STATIC, RUNS, Statements, percentile
from quality_mark.choices import ApplicationState
from quality_mark.models import Application, Certificate, Mark
from quality_mark.register.numbers import page_of
from quality_mark.tasks.jobs import make_certificates

COUNT = int(os.environ.get("CASES", "10000"))
BOARD_LIMIT, CHECK_LIMIT = 60, 10  # milliseconds at the 95th percentile
CLIENTS, SUBMISSIONS = 50, 500
CERTIFICATES, RATE = 200, 200
BOARD = "/panel/znak/sprawy/"
STATES = ApplicationState.sent()


def run(size):
    settings.ALLOWED_HOSTS, settings.DEBUG = ["*"], False
    settings.STORAGES["staticfiles"] = PLAIN_STATIC
    for name in ("django.request", "kombu.connection"):
        logging.getLogger(name).setLevel(logging.ERROR)
    # Documents of these cases are nobody's: what is ordered stays in this process and is not made.
    settings.CELERY_TASK_ALWAYS_EAGER = False
    current_app.conf.update(broker_url="memory://", task_always_eager=False)
    made()
    few = board(f"Board, {Application.objects.count():,} cases")
    check_flat(few)
    verification()
    submissions()
    certificates()


def made():
    """The cases, once for this database and number."""
    if Application.objects.filter(offer__name__startswith=marks.OFFER).exclude(number="").count() >= COUNT:
        return
    started = time.perf_counter()
    marks.fill(COUNT)
    filled = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(f"\n{COUNT:,} cases invented in {filled - started:.1f} s")


def board(title):
    """{row: number of queries}."""
    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(marks.person("pomiar0@example.pl", Role.COORDINATOR), settings.AUTHENTICATION_BACKENDS[0])
    print(f"\n{title}, {RUNS} runs each; times in ms")
    print(f"{'page':<30}{'median':>9}{'p95':>8}{'sql':>8}{'queries':>9}{'limit':>7}")
    queries = {"running": "", "all": "?stan=wszystkie", "last page": "?stan=wszystkie&page=9999"}
    queries |= {f"state {state}": f"?stan={state}" for state in STATES}
    queries |= {"a word": "?q=pomiaru", "a number": "?q=ZP/2026/077", "mine": "?kto=moje", "late": "?po_terminie=on"}
    return {name: measured(client, name, BOARD + query, BOARD_LIMIT) for name, query in queries.items()}


def check_flat(asked):
    """As many queries on every page of the board, however much stands on it."""
    print(f"queries of the board: {min(asked.values())} to {max(asked.values())}")


def measured(client, name, path, limit, *, before=None, status=200, **headers):
    for _ in range(3):
        client.get(path, headers=headers)
    walls, times = [], []
    for _ in range(RUNS):
        if before:
            before()
        statements = Statements()
        with connection.execute_wrapper(statements):
            started = time.perf_counter()
            response = client.get(path, headers=headers)
            walls.append(1000 * (time.perf_counter() - started))
        times.append(1000 * statements.seconds)
        assert response.status_code == status, (path, response.status_code)  # noqa: S101
    late = "" if percentile(walls) <= limit else "  LATE"
    print(
        f"{name:<30}{statistics.median(walls):>9.1f}{percentile(walls):>8.1f}{statistics.median(times):>8.1f}"
        f"{len(statements.sent):>9}{limit:>7}{late}"
    )
    return len(statements.sent)


def verification():
    mark = Mark.objects.order_by("pk")[0]
    client, path, changes = Client(), page_of(mark.number), itertools.count()

    def change():
        """Something that the page is made of, so that what was kept is of no use."""
        Mark.objects.filter(pk=mark.pk).update(public_note=f"Zmiana {next(changes)}")

    print(f"\nVerification among {Mark.objects.count():,} marks, {RUNS} runs each; times in ms")
    print(f"{'answer':<30}{'median':>9}{'p95':>8}{'sql':>8}{'queries':>9}{'limit':>7}")
    measured(client, "kept", path, CHECK_LIMIT)
    measured(client, "drawn anew", path, CHECK_LIMIT, before=change)
    etag = client.get(path).headers["ETag"]
    measured(client, "not modified", path, CHECK_LIMIT, status=304, **{"if-none-match": etag})
    measured(client, "another day", f"{path}?dzien=2026-01-01", CHECK_LIMIT)
    measured(client, "JSON", f"{path.rstrip('/')}.json", CHECK_LIMIT)
    measured(client, "badge", f"{path}znaczek.svg", CHECK_LIMIT)
    Mark.objects.filter(pk=mark.pk).update(public_note="")
    measured(client, "wrong number", "/znak/weryfikacja/ZP-1999-001/", CHECK_LIMIT, status=404)


def submissions():
    """All at once, by clients of their own: how long, and whether a number was lost or given twice."""
    drafts = marks.complete_drafts(SUBMISSIONS, CLIENTS)
    before = set(Application.objects.sent().values_list("number", flat=True))
    # Each client has a connection of its own: a pool would make them wait for each other.
    connections.close_all()
    connections.settings["default"]["OPTIONS"].pop("pool", None)
    del connections["default"]
    ready = threading.Barrier(CLIENTS + 1)
    with ThreadPoolExecutor(CLIENTS) as pool:
        running = [pool.submit(_client, drafts[first::CLIENTS], ready) for first in range(CLIENTS)]
        ready.wait(timeout=120)
        started = time.perf_counter()
        walls = [wall for one in running for wall in one.result()]
        seconds = time.perf_counter() - started
    given = list(
        Application.objects.filter(pk__in=[pk for pk, _ in drafts], state=ApplicationState.SUBMITTED)
        .exclude(number="").values_list("number", flat=True)
    )  # fmt: skip
    counted = sorted(int(number.rpartition("/")[2]) for number in given)
    gaps = counted[-1] - counted[0] + 1 - len(counted) if counted else 0
    double = len(given) - len(set(given) - before)
    wrong = "" if (len(given), gaps, double) == (SUBMISSIONS, 0, 0) else "  WRONG"
    print(
        f"\n{SUBMISSIONS} submissions at once by {CLIENTS} clients: {seconds:.1f} s, "
        f"median {statistics.median(walls):.0f} ms, p95 {percentile(walls):.0f} ms; "
        f"numbers given {len(given)}, missing between {gaps}, doubled {double}{wrong}"
    )


def _client(drafts, ready):
    try:
        client = Client()
        client.force_login(drafts[0][1], settings.AUTHENTICATION_BACKENDS[0])
        ready.wait(timeout=120)
        walls = []
        for pk, _ in drafts:
            started = time.perf_counter()
            response = client.post(f"/panel/znak/{pk}/podsumowanie/", {"declare-name": "Anna Lis"})
            walls.append(1000 * (time.perf_counter() - started))
            if response.status_code != 302:
                raise AssertionError(f"{response.status_code}: {response.content[:500]}")
        return walls
    finally:
        connections.close_all()


def certificates():
    """What one worker makes in a minute, as the job of the panel does it, and how often it tells how far it is."""
    waiting = marks.waiting_certificates(CERTIFICATES)
    told = []
    started = time.perf_counter()
    make_certificates(lambda done, total=None: told.append((done, total)), None)
    seconds = time.perf_counter() - started
    made = list(Certificate.objects.exclude(made_at=None))
    rate = 60 * len(made) / seconds
    late = "" if rate >= RATE and len(made) == len(waiting) else "  LATE"
    print(
        f"\n{len(made)} certificates in {seconds:.1f} s by one worker: {rate:.0f} a minute (at least {RATE}), "
        f"progress told {len(told)} times, last {told[-1]}{late}"
    )
    for one in made:
        one.file.delete(save=False)
    Certificate.objects.all().delete()
