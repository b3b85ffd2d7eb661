"""The feed of changes: how fast it is read from the beginning, and what its triggers cost an import.

The import is done with and without them in turns, each time into an empty database, so that a busy machine slows both.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import psycopg

from bench.imports import _empty_database, _python

TURNS, PAGE = 3, 1_000
_TRIGGERS = """
SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname) FROM pg_trigger
WHERE tgname ~ '^pgtrigger_(touches_on|settled)_'
"""


def run(size):
    pages, changes, seconds, quiet = _walked()
    print(f"\nZmiany, {size} podmiotów: {changes} zmian na {pages} stronach")
    print(f"  cały zbiór      {seconds:7.2f} s   {pages / seconds:6.0f} stron/s   {changes / seconds:8.0f} zmian/s")
    print(f"  nic nowego      {quiet * 1000:7.1f} ms")
    told, untold = _imported(size)
    print(f"  import bez wyzwalaczy {untold:6.1f} s, z nimi {told:6.1f} s: {told / untold - 1:+.1%}")


def _walked():
    """(pages, changes, seconds of all of them, seconds of a visit that finds nothing new)."""
    from django.test import Client

    client, address = Client(), f"/api/v1/zmiany/?limit={PAGE}"
    pages = changes = 0
    started = time.perf_counter()
    while True:
        page = client.get(address).json()
        pages, changes, address = pages + 1, changes + len(page["changes"]), page["next"]
        if not page["more"]:
            break
    seconds = time.perf_counter() - started
    visits = []
    for _ in range(20):
        began = time.perf_counter()
        client.get(address)
        visits.append(time.perf_counter() - began)
    return pages, changes, seconds, median(visits)


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
            for (statement,) in connection.execute(_TRIGGERS).fetchall():
                connection.execute(statement)
    told = json.loads(_python("-m", "bench.imports", str(path), "public", environment=environment))
    if "--loud" in sys.argv:
        print(triggers, told)
    return told["seconds"]
