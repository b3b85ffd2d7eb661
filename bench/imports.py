"""How fast a messy register comes in, the first time and again: an empty database, one process for each import.

Once without publishing, which is what reading, checks, duplicates and history take; then with all that the public
sees of it, the words of every card among it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg


def run(size):
    from bench.messy import write_register

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "wykaz.csv"
        write_register(path, size)
        [hidden] = _imports(path, size, folder, ["hidden"])
        first, second = _imports(path, size, folder, ["public", "public"])
    print(f"\nImport, {size} wierszy ({first['counts']})")
    for title, found in (("bez publikacji", hidden), ("z katalogiem", first), ("ten sam plik", second)):
        rate = size / found["seconds"]
        print(f"  {title:<14} {found['seconds']:7.1f} s  {rate:7.0f} wierszy/s  {found['megabytes']:5.0f} MB")
    print(f"  drugi szybszy {first['seconds'] / second['seconds']:.1f} razy ({second['counts']})")


def _imports(path, size, folder, ways):
    """What each import of the file tells, one after the other into a database empty at first."""
    environment = os.environ | {"DATABASE_URL": _empty_database(f"bench_imports_{size}"), "MEDIA_ROOT": folder}
    for command in (["migrate", "--verbosity", "0"], ["load_dictionaries"]):
        _python("manage.py", *command, "--skip-checks", environment=environment)
    return [json.loads(_python("-m", "bench.imports", str(path), way, environment=environment)) for way in ways]


def _empty_database(name):
    url = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(urlunsplit(url), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(url._replace(path=f"/{name}"))


def _python(*arguments, environment):
    done = subprocess.run([sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout


def _import(path, way):
    import django

    django.setup()
    from django.utils import timezone

    from bench.memory import Memory
    from registry.choices import ImportAction
    from registry.use_cases.imports.command import import_file

    with Memory() as memory:
        started = time.perf_counter()
        imported = import_file(path=path, publish=way == "public", now=timezone.now())
        seconds = time.perf_counter() - started
    counts = ", ".join(f"{imported.counts[action]} {action}" for action in ImportAction.values)
    print(json.dumps({"seconds": seconds, "megabytes": memory.most, "counts": counts}))


if __name__ == "__main__":
    _import(Path(sys.argv[1]), sys.argv[2])
