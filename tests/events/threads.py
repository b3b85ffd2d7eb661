"""Transactions beside each other: one that is kept open, one that waits for it."""

from threading import Event as Signal

from django.db import connection, connections, transaction
from django.utils import timezone

from core.commit_order import horizon
from tests.notifications.site import PATIENCE, eventually


def apart(action, **given):
    """For a thread: a connection of its own, let go at the end."""
    try:
        return action(**given, now=timezone.now())
    finally:
        connections.close_all()


def until_waiting(count, running):
    """So many transactions wait for a lock, or what was started is over without having waited."""

    def look():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            return cursor.fetchone()[0] >= count or running.done()

    eventually(look)


def held(action, go):
    """The action, and its transaction open until the signal `go`."""

    def hold(**given):
        with transaction.atomic():
            done = action(**given)
            hold.ready.set()
            go.wait(timeout=PATIENCE)
        return done

    hold.ready = Signal()
    return hold


def until_given_out():
    """Nothing older than this moment is running any more in this database; an ANALYZE of the server itself holds the
    order of commits back too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        [now] = cursor.fetchone()
    eventually(lambda: horizon() >= now)
