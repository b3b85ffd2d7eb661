"""Locks of a database session: they tell a living process from a dead one, at any moment.

A lock is two numbers, what it is for and which one (`pg_advisory_lock`). A connection pooler in transaction mode would
break them.
"""

from contextlib import contextmanager

from django.db import connection

IMPORT, WRITING, JOB, MATCHING = 7_301, 7_302, 7_303, 7_304
ALERTS, ADDRESS, DUMPING, TELLING = 7_305, 7_306, 7_308, 7_309
PATIENCE = "5min"


@contextmanager
def held(what, number):
    """Yields whether the lock could be had; it is held while the block lasts, or until the process dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [what, number])
        [mine] = cursor.fetchone()
    try:
        yield mine
    finally:
        # A broken transaction cannot be asked anything; rolled back, it can, and a lost connection holds no lock.
        if mine and connection.is_usable() and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [what, number])


def wait_for(what):
    """Have the lock of this kind of work alone, until the transaction ends; work of others is waited for longer than
    a page would wait."""
    with connection.cursor() as cursor:
        for name in ("lock_timeout", "statement_timeout"):
            cursor.execute(f"SET LOCAL {name} = '{PATIENCE}'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [what])
        for name in ("lock_timeout", "statement_timeout"):
            cursor.execute(f"SET LOCAL {name} TO DEFAULT")


def is_held(what, number):
    """Whether some process holds the lock now."""
    query = """
        SELECT EXISTS (
            SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
            WHERE datname = current_database() AND locktype = 'advisory' AND objsubid = 2 AND granted
              AND classid = %s AND objid = %s)"""
    with connection.cursor() as cursor:
        cursor.execute(query, [what, number])
        return cursor.fetchone()[0]
