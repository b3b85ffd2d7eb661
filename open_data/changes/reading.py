# ruff: noqa: S608 - what is put into the SQL are conditions of our own; values are parameters
"""Changes in the order in which they became visible (core.commit_order)."""

import re
from typing import NamedTuple

from django.db import connection

from core import commit_order
from core.commit_order import Mark, seen
from open_data.choices import Dataset

TABLE = "open_data_change"
_CURSOR = re.compile(r"([0-9a-f]{8})-(\d{1,18}-\d{1,18})", re.ASCII)
_AFTER = f"""
SELECT r.transaction, r.id, r.dataset, r.object_id, r.is_withdrawn, r.at FROM {TABLE} r
WHERE (r.transaction, r.id) > (%s, %s) AND {seen("r")} {{only}} ORDER BY r.transaction, r.id LIMIT %s
"""


class Told(NamedTuple):
    mark: Mark
    dataset: Dataset
    object_id: int
    is_withdrawn: bool
    at: object


class CursorOfAnotherServer(Exception):
    """The cursor was given out by a database that this one is a copy of, or for a place that it has not reached."""


def current_cursor():
    """Where the feed ends now: whoever has copied everything that is public in this snapshot goes on from here.

    Nightly dumps ask for it inside the transaction (REPEATABLE READ) that reads their rows. What other transactions
    have committed beside an older one that still runs comes once more after it: twice told is no harm, missed is.
    """
    return written(commit_order.last(TABLE))


def written(mark):
    """A place as it is given out, with the server it is true for."""
    return f"{commit_order.server()}-{mark}"


def read(cursor):
    """The Mark that a text says; ValueError when it says none, CursorOfAnotherServer when it is of no use here."""
    found = _CURSOR.fullmatch(cursor)
    if not found:
        raise ValueError(cursor[:60])
    mark = commit_order.mark_of(found[2])
    if mark is None or found[1] != commit_order.server():
        raise CursorOfAnotherServer(cursor)
    return mark


def after(mark, limit, datasets=()):
    """[Told] of the first `limit` changes after a mark, of these data sets or of all."""
    only = "AND r.dataset = ANY(%s)" if datasets else ""
    chosen = [[dataset.value for dataset in datasets]] if datasets else []
    with connection.cursor() as cursor:
        cursor.execute(_AFTER.format(only=only), [*mark, *chosen, limit])
        return [
            Told(Mark(transaction, pk), Dataset(dataset), *more)
            for transaction, pk, dataset, *more in cursor.fetchall()
        ]
