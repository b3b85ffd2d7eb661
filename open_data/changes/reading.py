# ruff: noqa: S608 - what is put into the SQL are conditions of our own; values are parameters
"""Changes in the order in which they became visible (core.commit_order), and the cursors that lead through them."""

import re
from typing import NamedTuple

from django.db import connection

from core import commit_order
from core.commit_order import Mark, seen
from open_data.choices import Dataset
from open_data.models import Forgetting

TABLE = "open_data_change"
# The database that counts, the place in its order, and how often old lines had been dropped when it was given out.
CURSOR = "[0-9a-f]{8}-[0-9]{1,18}-[0-9]{1,18}-[0-9]{1,9}"
_CURSOR = re.compile(r"([0-9a-f]{8})-(\d{1,18}-\d{1,18})-(\d{1,9})", re.ASCII)
_AFTER = f"""
SELECT r.transaction, r.id, r.dataset, r.object_id, r.key, r.is_withdrawn, r.at FROM {TABLE} r
WHERE (r.transaction, r.id) > (%s, %s) AND {seen("r")} {{only}} ORDER BY r.transaction, r.id LIMIT %s
"""


class Told(NamedTuple):
    mark: Mark
    dataset: Dataset
    object_id: int
    key: str
    is_withdrawn: bool
    at: object


class Place(NamedTuple):
    """Where a reader is; `age` is the Forgetting he has outlived."""

    mark: Mark = Mark()
    age: int = 0


class CursorGone(Exception):
    """Lines behind the cursor were dropped, or another database gave it out, of which this one is a copy."""


def current_cursor():
    """Where the feed ends now: whoever has copied everything that is public in this snapshot goes on from here.

    Nightly dumps ask for it inside the transaction (REPEATABLE READ) that reads their rows. What other transactions
    have committed beside an older one that still runs comes once more after it: twice told is no harm, missed is.
    """
    return written(Place(commit_order.last(TABLE), _horizon().age))


def first_cursor():
    """Before all changes: who goes on from here is told of everything that is public."""
    return written(Place(age=_horizon().age))


def written(place):
    """A place as it is given out, with the server it is true for."""
    return f"{commit_order.server()}-{place.mark}-{place.age}"


def read(cursor):
    """The Place that a text says; ValueError when it says none, CursorGone when this database never gave it out."""
    found = _CURSOR.fullmatch(cursor)
    if not found:
        raise ValueError(cursor[:60])
    mark = commit_order.mark_of(found[2])
    if mark is None or found[1] != commit_order.server():
        raise CursorGone(cursor)
    return Place(mark, int(found[3]))


def after(place, limit, datasets=()):
    """([Told] of the first `limit` changes after a place, of these data sets or of all; the age of what comes after).

    Raises CursorGone. Whether lines are missing is asked after they were read: dropped in between, they may be.
    """
    found = lines(place.mark, limit, datasets)
    horizon = _horizon()
    if place.mark != Mark() and place.age != horizon.age and place.mark < horizon.mark:
        raise CursorGone(place)
    return found, horizon.age


def lines(mark, limit, datasets=()):
    """[Told] of the first `limit` changes after a mark, of these data sets or of all."""
    only = "AND r.dataset = ANY(%s)" if datasets else ""
    chosen = [[dataset.value for dataset in datasets]] if datasets else []
    with connection.cursor() as cursor:
        cursor.execute(_AFTER.format(only=only), [*mark, *chosen, limit])
        return [
            Told(Mark(transaction, pk), Dataset(dataset), *more)
            for transaction, pk, dataset, *more in cursor.fetchall()
        ]


def version():
    """A text that changes with every change that is given out."""
    return current_cursor()


def _horizon():
    """The Place up to which lines of what was withdrawn have been dropped."""
    newest = Forgetting.objects.order_by("-pk").values_list("transaction", "change", "pk").first()
    return Place(Mark(*newest[:2]), newest[2]) if newest else Place()
