"""Who is at work: a lock of the database session tells a living process from a dead one, at any moment."""

from contextlib import contextmanager

from django.db import connection

from core.exceptions import Refused
from registry.use_cases.imports.sql import fetch, run

# First halves of two-part advisory lock numbers; the second is the run, or 0.
WORKING, WRITING = 7_301, 7_302
PATIENCE = "10min"


@contextmanager
def working_on(run_id):
    """Hold the run while the block lasts. Refused when another process holds it; death lets it go."""
    if not fetch("SELECT pg_try_advisory_lock(%s, %s)", [WORKING, run_id])[0][0]:
        raise Refused("Ten import jest właśnie przetwarzany.")
    try:
        yield
    finally:
        # A broken transaction cannot be asked anything; rolled back, it can, and a lost connection holds no lock.
        if connection.is_usable() and not connection.needs_rollback:
            fetch("SELECT pg_advisory_unlock(%s, %s)", [WORKING, run_id])


def is_worked_on(run_id):
    """Whether some process holds the run now."""
    query = """
        SELECT EXISTS (
            SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
            WHERE datname = current_database() AND locktype = 'advisory' AND objsubid = 2 AND granted
              AND classid = %s AND objid = %s)"""
    return fetch(query, [WORKING, run_id])[0][0]


def write_alone():
    """Wait until no other import writes; the lock lasts until the transaction ends."""
    patiently()
    run(f"SET LOCAL lock_timeout = '{PATIENCE}'")
    fetch("SELECT pg_advisory_xact_lock(%s, 0)", [WRITING])
    run("SET LOCAL lock_timeout = '1min'")


def patiently():
    """Give the statements of this transaction the time that a whole file needs, not that of a page."""
    run(f"SET LOCAL statement_timeout = '{PATIENCE}'")
