# ruff: noqa: S608 - what is put into the SQL are conditions of our own; values are parameters
"""Releases in the order in which they became visible, from any place on.

A row is stamped when its transaction writes it and seen when that commits, which may be much later: whoever reads
"what came after the last one" by a time or a number would never see it. So rows are ordered by their transaction, and
given out only when no older transaction is still running (docs/decisions/0083).
"""

import re
from typing import NamedTuple

from django.db import connection

from procurement.ocds.packages import encoded
from procurement.ocds.planning import planning_bodies
from procurement.ocds.values import LANGUAGE, moment

CHUNK = 500
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
# A transaction sees at least what it has written itself, which is how tests see anything.
_SEEN = f"(r.transaction < {_HORIZON} OR r.transaction = pg_current_xact_id_if_assigned()::text::bigint)"
_COLUMNS = "r.transaction, r.id, r.ocid, r.tag, r.made_at, r.item_id, r.body::text, r.posting_id, r.stage"
_AFTER = f"""
SELECT {_COLUMNS} FROM procurement_release r
WHERE (r.transaction, r.id) > (%s, %s) AND {_SEEN} ORDER BY r.transaction, r.id LIMIT %s
"""
# A process is listed where its newest release stands: with a new one it comes again.
_PROCESSES = f"""
SELECT r.transaction, r.id, r.ocid FROM procurement_release r
WHERE (r.transaction, r.id) > (%s, %s) AND {_SEEN} AND NOT EXISTS (
    SELECT FROM procurement_release later WHERE later.ocid = r.ocid
    AND (later.transaction, later.id) > (r.transaction, r.id) AND {_SEEN.replace("r.transaction", "later.transaction")}
)
ORDER BY r.transaction, r.id LIMIT %s
"""
_OF = f"""
SELECT {_COLUMNS} FROM procurement_release r WHERE r.ocid = ANY(%s) AND {_SEEN} ORDER BY r.transaction, r.id
"""
_FOREIGN = """
UPDATE procurement_release SET transaction = 0
WHERE transaction >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
"""
_LAST = f"SELECT r.transaction, r.id FROM procurement_release r WHERE {_SEEN} ORDER BY 1 DESC, 2 DESC LIMIT 1"
# Beside older transactions that still run, one's own may lie behind the end of the snapshot.
_NEXT = """
SELECT greatest(pg_snapshot_xmax(pg_current_snapshot())::text::bigint, pg_current_xact_id_if_assigned()::text::bigint)
"""


class Mark(NamedTuple):
    """A place in the order; what comes after it has not been read."""

    transaction: int = 0
    id: int = 0

    def __str__(self):
        return f"{self.transaction}-{self.id}"


class Told(NamedTuple):
    """One release: its place, its process, what of it it tells (posting and stage), and its JSON."""

    mark: Mark
    ocid: str
    section: tuple
    text: str


def mark_of(text):
    """The Mark that a text says, None when it says none or one of another database (restored from a copy)."""
    found = _MARK.fullmatch(text)
    if not found:
        return None
    mark = Mark(int(found[1]), int(found[2]))
    return mark if mark.transaction <= _one(_NEXT)[0] else None


def last():
    """The Mark of the newest release that is given out."""
    return Mark(*(_one(_LAST) or ()))


def take_in_foreign():
    """After a restoration the rows may carry numbers that this server has not reached: they come first from now on."""
    with connection.cursor() as cursor:
        cursor.execute(_FOREIGN)


def after(mark, limit=None):
    """Yields Told after a mark, in order, by as many statements as it takes: memory does not grow with them."""
    while limit is None or limit > 0:
        rows = _rows(_AFTER, [*mark, min(limit or CHUNK, CHUNK)])
        yield from told(rows)
        if len(rows) < CHUNK:
            return
        mark, limit = Mark(*rows[-1][:2]), limit and limit - len(rows)


def processes(mark, limit):
    """[(Mark, ocid)] of processes whose newest release comes after the mark."""
    return [(Mark(*row[:2]), row[2]) for row in _rows(_PROCESSES, [*mark, limit])]


def releases_of(ocids):
    """{ocid: [Told]} of these processes, all that there is."""
    found = {ocid: [] for ocid in ocids}
    for one in told(_rows(_OF, [list(ocids)])):
        found[one.ocid].append(one)
    return found


def told(rows):
    bodies = planning_bodies([row[5] for row in rows if row[5]])
    for transaction, pk, ocid, tag, made_at, item, body, posting, stage in rows:
        opening = {
            "ocid": ocid,
            "id": f"{ocid}-{pk}",
            "date": moment(made_at),
            "tag": [tag],
            "initiationType": "tender",
            "language": LANGUAGE,
        }
        text = encoded(bodies[item]) if item else body
        yield Told(Mark(transaction, pk), ocid, (posting, stage), f"{encoded(opening)[:-1]},{text[1:]}")


def _rows(sql, parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _one(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()
