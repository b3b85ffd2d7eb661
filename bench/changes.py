"""The feed of changes: how fast it is read from the beginning, and what its triggers cost.

An import is done with and without them in turns, each time into an empty database, so that a busy machine slows both.
So is one statement that rewrites a column of every institution.
"""

import json
import os
import tempfile
import time
from pathlib import Path
from statistics import median

import psycopg

from bench.catalogue import percentile
from bench.imports import _empty_database, _python
from bench.memory import Memory

TURNS, PAGE, MOST_IMPORTED = 3, 1_000, 10_000
_TRIGGERS = """
SELECT format('ALTER TABLE %s {} TRIGGER %I', tgrelid::regclass, tgname) FROM pg_trigger
WHERE tgname ~ '^pgtrigger_(touches_on|settled)_'
"""


def run(size):
    print(f"\nZmiany, {size} podmiotów")
    for include in ("", "&include=row"):
        with Memory() as memory:
            changes, pages, quiet = _walked(include)
        seconds = sum(pages)
        print(
            f"  po {PAGE}{include}: {changes} zmian w {seconds:.2f} s, {changes / seconds:.0f} na s; strona"
            f" p50 {median(pages) * 1000:.1f} ms, p95 {percentile(pages) * 1000:.1f} ms; {memory.most:.0f} MB"
        )
    print(f"  nic nowego: p50 {median(quiet) * 1000:.1f} ms")
    _tell("zmiana telefonu wszystkich instytucji", *_edited())
    rows = min(size, MOST_IMPORTED)
    _tell(f"import {rows} wierszy", *_imported(rows))


def _tell(what, told, untold):
    print(f"  {what}: bez wyzwalaczy {untold:.1f} s, z nimi {told:.1f} s, czyli {told / untold:.2f} raza")


def _walked(include):
    """(changes, seconds of each page from the beginning, seconds of visits that find nothing new)."""
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS, settings.API_REQUESTS_PER_MINUTE = ["*"], 10**9
    client, address, pages, visits, changes = Client(), f"/api/v1/zmiany/?limit={PAGE}{include}", [], [], 0
    more = True
    while more:
        seconds, page = _timed(client, address)
        pages.append(seconds)
        changes, address, more = changes + len(page["results"]), page["next"], page["more"]
    for _ in range(20):
        visits.append(_timed(client, address)[0])
    return changes, pages, visits


def _timed(client, address):
    began = time.perf_counter()
    response = client.get(address)
    return time.perf_counter() - began, response.json()


def _edited():
    """Seconds of one statement over all institutions, with the triggers and without; nothing of it is kept."""
    from django.db import connection, transaction

    seconds = {True: [], False: []}
    for turn in range(2 * TURNS):
        triggers = bool(turn % 2)
        with transaction.atomic(), connection.cursor() as cursor:
            if not triggers:
                _switch(cursor, "DISABLE")
            began = time.perf_counter()
            cursor.execute("UPDATE registry_institution SET phone = %s", [f"+4871{turn:07}"])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            seconds[triggers].append(time.perf_counter() - began)
            transaction.set_rollback(True)
    return min(seconds[True]), min(seconds[False])


def _imported(size):
    """Seconds of an import with the triggers and without, the best of TURNS."""
    from bench.messy import write_register

    seconds = {True: [], False: []}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "wykaz.csv"
        write_register(path, size)
        for turn in range(TURNS):
            for triggers in (turn % 2 == 0, turn % 2 == 1):
                seconds[triggers].append(_import(path, size, folder, triggers))
    return min(seconds[True]), min(seconds[False])


def _import(path, size, folder, triggers):
    url = _empty_database(f"bench_changes_{size}")
    environment = os.environ | {"DATABASE_URL": url, "MEDIA_ROOT": folder}
    for command in (["migrate", "--verbosity", "0"], ["load_dictionaries"]):
        _python("manage.py", *command, "--skip-checks", environment=environment)
    if not triggers:
        with psycopg.connect(url, autocommit=True) as connection:
            _switch(connection, "DISABLE")
    return json.loads(_python("-m", "bench.imports", str(path), "public", environment=environment))["seconds"]


def _switch(cursor, way):
    for (statement,) in list(cursor.execute(_TRIGGERS.format(way)) or cursor):
        cursor.execute(statement)
