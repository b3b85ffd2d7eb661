# ruff: noqa: S608 - what is put into the SQL are conditions of our own; values are parameters
"""Rows in the order in which they became visible, from any place on: nobody who reads on misses one.

A row is stamped when its transaction writes it and seen when that commits, which may be much later: whoever reads
"what came after the last one" by a time or a number would never see it. So rows carry the number of their transaction
in a column `transaction`, are ordered by it and `id`, and are given out only when no older transaction is still
running (docs/decisions/0083, 0106).
"""

import re
from typing import NamedTuple

from django.db import connection, models

_MARK = re.compile(r"(\d{1,18})-(\d{1,18})", re.ASCII)
# The oldest transaction that may still bring a row: of those running when the statement began all but the ones
# that are known to work in another database of the server. pg_locks knows a transaction by the lower half of its
# number.
_HORIZON = """(
    SELECT coalesce(min(x::text::bigint), pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
    FROM pg_snapshot_xip(pg_current_snapshot()) x
    WHERE x::text::bigint & 4294967295 NOT IN (
        SELECT l.transactionid::text::bigint FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND a.datname <> current_database()
    )
)"""
# Beside older transactions that still run, one's own may lie behind the end of the snapshot.
_NEXT = """
SELECT greatest(pg_snapshot_xmax(pg_current_snapshot())::text::bigint, pg_current_xact_id_if_assigned()::text::bigint)
"""
# A copy of the database counts transactions by itself: what one of them says of an order means nothing to the other.
_SERVER = """
SELECT left(md5(concat_ws('-', s.system_identifier, d.oid)), 8)
FROM pg_control_system() s, pg_database d WHERE d.datname = current_database()
"""


class Mark(NamedTuple):
    """A place in the order; what comes after it has not been read."""

    transaction: int = 0
    id: int = 0

    def __str__(self):
        return f"{self.transaction}-{self.id}"


class CurrentTransaction(models.Func):
    """The number of the transaction: it grows, and of those still running the server knows the oldest."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = models.BigIntegerField()


def seen(alias):
    """SQL: this row is given out. A transaction sees at least what it has written itself, which is how tests do."""
    own = "pg_current_xact_id_if_assigned()::text::bigint"
    return f"({alias}.transaction < {_HORIZON} OR {alias}.transaction = {own})"


def horizon():
    """Every transaction numbered below is over: its rows are all there, those of others come the next time."""
    return _row(f"SELECT {_HORIZON}")[0]


def mark_of(text):
    """The Mark that a text says, None when it says none or one of another database (restored from a copy)."""
    found = _MARK.fullmatch(text)
    if not found:
        return None
    mark = Mark(int(found[1]), int(found[2]))
    return mark if mark.transaction <= _row(_NEXT)[0] else None


def last(table):
    """The Mark of the newest row of the table that is given out."""
    newest = _row(f"SELECT r.transaction, r.id FROM {table} r WHERE {seen('r')} ORDER BY 1 DESC, 2 DESC LIMIT 1")
    return Mark(*(newest or ()))


def server():
    """Eight characters that are the same as long as this is the same database of the same server."""
    return _row(_SERVER)[0]


def take_in_foreign(table):
    """After a restoration the rows may carry numbers that this server has not reached: they come first from now on."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET transaction = 0"
            " WHERE transaction >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
            " AND transaction IS DISTINCT FROM pg_current_xact_id_if_assigned()::text::bigint"
        )


def _row(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()
