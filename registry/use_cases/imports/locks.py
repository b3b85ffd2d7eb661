"""Who is at work: a lock of the database session tells a living process from a dead one, at any moment."""

from contextlib import contextmanager

from core.exceptions import Refused
from core.locks import IMPORT, WRITING, held, is_held
from registry.use_cases.imports.sql import fetch, run

PATIENCE = "10min"


@contextmanager
def working_on(run_id):
    """Hold the run while the block lasts. Refused when another process holds it; death lets it go."""
    with held(IMPORT, run_id) as mine:
        if not mine:
            raise Refused("Ten import jest właśnie przetwarzany.")
        yield


def is_worked_on(run_id):
    """Whether some process holds the run now."""
    return is_held(IMPORT, run_id)


def write_alone():
    """Wait until no other import writes; the lock lasts until the transaction ends."""
    patiently()
    run(f"SET LOCAL lock_timeout = '{PATIENCE}'")
    fetch("SELECT pg_advisory_xact_lock(%s, 0)", [WRITING])
    run("SET LOCAL lock_timeout = '1min'")


def patiently():
    """Give the statements of this transaction the time that a whole file needs, not that of a page."""
    run(f"SET LOCAL statement_timeout = '{PATIENCE}'")
