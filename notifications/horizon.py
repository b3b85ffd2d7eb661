"""The order in which transactions became visible, for whoever reads "what came since the last time".

A row is stamped when its transaction writes it and seen when that commits, which may be much later. So rows carry the
number of their transaction, and a reader goes no further than the oldest one that may still bring a row: what is
numbered below is all there, what is numbered above comes the next time (as in docs/decisions/0083).
"""

from django.db import connection

# Of the transactions running when the statement began all but those that are known to work in another database of the
# server. pg_locks knows a transaction by the lower half of its number.
HORIZON = """(
    SELECT coalesce(min(x::text::bigint), pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
    FROM pg_snapshot_xip(pg_current_snapshot()) x
    WHERE x::text::bigint & 4294967295 NOT IN (
        SELECT l.transactionid::text::bigint FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND a.datname <> current_database()
    )
)"""


def horizon():
    """The number below which every transaction is over."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {HORIZON}")
        return cursor.fetchone()[0]
