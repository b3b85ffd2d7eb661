"""`kill -9` in the middle: nothing half-seen, and the next call goes on. The process is stopped by locks that the
test holds, so that it dies in a known place.
"""

import os
import subprocess
import sys
from contextlib import contextmanager
from itertools import islice
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from accounts.jobs import keeping
from registry.choices import ImportState
from registry.models import CatalogueEntry, ImportRow, ImportRun, Institution, Organisation
from registry.use_cases.imports import runs
from tests.registry.factories import nips
from tests.registry.imports.conftest import numbers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]

ROWS = 2_200
NIPS = list(islice(nips(), ROWS))


@pytest.fixture
def register(sheet):
    return sheet("Nazwa;Rodzaj;NIP", *(f"Fundacja Numer {number};fundacja;{nip}" for number, nip in enumerate(NIPS)))


@contextmanager
def holding(*statements):
    """A session of its own that has executed the statements and not committed them."""
    session = connection.copy()
    session.set_autocommit(False)
    try:
        with session.cursor() as cursor:
            for statement, params in statements:
                cursor.execute(statement, params)
        yield
    finally:
        session.rollback()
        session.close()


@pytest.fixture
def start(register, media):
    """start() begins the import in a process of its own, which is killed at the end if it still lives."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = os.environ | {"DATABASE_URL": urlunsplit(url), "MEDIA_ROOT": str(media)}
    started = []

    def begin():
        command = [sys.executable, "manage.py", "import_registry", "--skip-checks", str(register)]
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL)
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()


def until(query, *params, process=None):
    """Ask the database until it says yes; a process that ends before that fails the test."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute(f"SELECT {query}, pg_sleep(0.02)", params)
            if cursor.fetchone()[0]:
                return
            assert process is None or process.poll() is None, "the import ended before it could be stopped"


def until_it_waits(process):
    until(
        "EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')",
        process=process,
    )


def kill(process):
    process.kill()
    process.wait()


def until_let_go(run):
    """The server notices the death of its client when it next speaks to it."""
    until("NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = 7301 AND objid = %s)", run.pk)


def seen_by_the_public():
    return Institution.objects.count(), Organisation.objects.count(), CatalogueEntry.objects.count()


def test_killed_while_reading_it_goes_on_behind_the_whole_chunks(start, register, import_registry):
    process = start()
    with holding(("LOCK TABLE registry_namekey IN ACCESS EXCLUSIVE MODE", [])):
        until("EXISTS (SELECT FROM registry_importrun)", process=process)
        run = ImportRun.objects.get()
        row = """INSERT INTO registry_importrow (run_id, number, raw, cleaned, action, reason, changes, notes, repairs)
                 VALUES (%s, 1500, '[]', '{}', 'nowy', '', '{}', '[]', '{}')"""
        blocked = holding((row, [run.pk]))
        blocked.__enter__()
    until("EXISTS (SELECT FROM registry_importrow)", process=process)
    until_it_waits(process)
    kill(process)
    blocked.__exit__(None, None, None)
    until_let_go(run)

    run.refresh_from_db()
    assert (run.state, run.job.done, ImportRow.objects.count()) == (ImportState.STAGING, 1_000, 1_000)
    assert runs.is_stalled(run)
    first = set(ImportRow.objects.values_list("pk", flat=True))

    report = import_registry(register)

    assert numbers(report) == (ROWS, ROWS, 0, 0, 0, 0)
    assert report["run"] == run.pk
    assert first <= set(ImportRow.objects.values_list("pk", flat=True))
    assert seen_by_the_public() == (ROWS, ROWS, ROWS)


@pytest.mark.parametrize(
    "blocker",
    [
        # The unique index makes the second chunk wait for the end of this transaction.
        (
            """INSERT INTO registry_institution (name, short_name, sort_key, nip, regon, krs, other_register,
                   other_register_number, ade, is_opp, is_zpch, has_ct9_status, street, house_number, flat_number,
                   postal_code, post_office, town, phone, phone_other, email, www, created_at, updated_at)
               VALUES ('x', '', 'x', %s, '', '', '', '', '', false, false, false, '', '', '', '', '', '', '', '', '',
                   '', now(), now())""",
            [NIPS[1_500]],
        ),
        # Everything is written, the queue of duplicates comes last.
        ("LOCK TABLE registry_duplicatecase IN SHARE MODE", []),
    ],
    ids=["in the second chunk", "just before the commit"],
)
def test_killed_while_writing_nothing_is_seen_and_it_is_written_again(start, register, import_registry, blocker):
    with holding(blocker):
        process = start()
        until("EXISTS (SELECT FROM registry_importrun WHERE state = %s)", ImportState.APPLYING, process=process)
        until("EXISTS (SELECT FROM accounts_job WHERE total > 0 AND done > 0)", process=process)
        until_it_waits(process)
        assert seen_by_the_public() == (0, 0, 0)
        kill(process)
    run = ImportRun.objects.get()
    until_let_go(run)

    assert run.state == ImportState.APPLYING
    assert runs.is_stalled(run)
    assert keeping.is_stalled(run.job)
    assert seen_by_the_public() == (0, 0, 0)

    report = import_registry(register)

    assert report["run"] == run.pk
    assert numbers(report) == (ROWS, ROWS, 0, 0, 0, 0)
    assert seen_by_the_public() == (ROWS, ROWS, ROWS)


def test_two_imports_at_once_write_one_after_the_other(start, register, import_registry):
    with holding(("SELECT pg_advisory_lock(7302, 0)", [])):
        first = start()
        until("EXISTS (SELECT FROM registry_importrun WHERE state = %s)", ImportState.APPLYING, process=first)
        until_it_waits(first)
        assert seen_by_the_public() == (0, 0, 0)
    assert first.wait() == 0

    report = import_registry(register)

    assert numbers(report) == (ROWS, 0, 0, ROWS, 0, 0)
    assert seen_by_the_public() == (ROWS, ROWS, ROWS)
