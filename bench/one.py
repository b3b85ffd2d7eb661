"""`python -m bench.one SUITE SIZE`: one benchmark in the database bench_<size>, made first when it is missing."""

import hashlib
import importlib
import io
import os
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
# What decides about the rows of the region; a database made by other code is made anew.
MADE_BY = (
    "bench/region.py",
    "core/polish",
    "registry/models",
    "registry/migrations",
    "registry/use_cases/catalogue",
    "events/migrations",
    "procurement/migrations",
    "quality_mark/migrations",
    "open_data/migrations",
)


def main(suite, size):
    url = urlsplit(os.environ["DATABASE_URL"])
    name = f"bench_{size}"
    os.environ["DATABASE_URL"] = urlunsplit(url._replace(path=f"/{name}"))
    os.environ["STATEMENT_TIMEOUT_MS"] = "0"
    made = create_database(urlunsplit(url), name)
    import django

    django.setup()
    if made:
        fill(size)
        remember(urlunsplit(url), name)
    benchmark = importlib.import_module(suite)
    # As the web server and the worker do before they serve.
    from core.settling import settle

    settle()
    benchmark.run(size)


def create_database(url, name):
    """Whether the database had to be made."""
    with psycopg.connect(url, autocommit=True) as connection:
        described = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if described and described[0] == fingerprint():
            return False
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return True


def remember(url, name):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"COMMENT ON DATABASE \"{name}\" IS '{fingerprint()}'")


def fingerprint():
    digest = hashlib.sha256()
    for place in MADE_BY:
        path = ROOT / place
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def fill(size):
    from django.core.management import call_command

    from bench import region
    from registry.use_cases import catalogue

    call_command("migrate", verbosity=0, skip_checks=True)
    call_command("load_dictionaries", skip_checks=True, stdout=io.StringIO())
    started = time.perf_counter()
    region.fill(size)
    filled = time.perf_counter()
    catalogue.rebuild(now=region.NOW)
    rebuilt = time.perf_counter()
    catalogue.settle()
    print(
        f"{size:,} organisations invented in {filled - started:.1f} s, catalogue written in {rebuilt - filled:.1f} s"
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
