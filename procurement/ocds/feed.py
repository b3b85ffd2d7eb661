# ruff: noqa: S608 - what is put into the SQL are conditions of our own; values are parameters
"""Releases in the order in which they became visible, from any place on.

core.commit_order says why not by a time or a number (docs/decisions/0083).
"""

from typing import NamedTuple

from django.db import connection

from core import commit_order
from core.commit_order import Mark, mark_of, seen
from procurement.ocds.packages import encoded
from procurement.ocds.planning import planning_bodies
from procurement.ocds.values import LANGUAGE, moment

__all__ = ["Mark", "Told", "after", "last", "mark_of", "processes", "releases_of", "take_in_foreign"]

CHUNK = 500
_TABLE = "procurement_release"
_SEEN, _LATER_SEEN = seen("r"), seen("later")
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
    AND (later.transaction, later.id) > (r.transaction, r.id) AND {_LATER_SEEN}
)
ORDER BY r.transaction, r.id LIMIT %s
"""
_OF = f"""
SELECT {_COLUMNS} FROM procurement_release r WHERE r.ocid = ANY(%s) AND {_SEEN} ORDER BY r.transaction, r.id
"""


class Told(NamedTuple):
    """One release: its place, its process, what of it it tells (posting and stage), and its JSON."""

    mark: Mark
    ocid: str
    section: tuple
    text: str


def last():
    """The Mark of the newest release that is given out."""
    return commit_order.last(_TABLE)


def take_in_foreign():
    """After a restoration: releases of the other server come first from now on."""
    commit_order.take_in_foreign(_TABLE)


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
