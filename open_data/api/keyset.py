"""Pages that begin behind a row instead of after so many rows.

What is added or taken away in between moves nothing: a row that stands all along is met once. An order is a list of
segments that follow one another, each sorted by keys of which the last, the primary key, tells any two rows apart.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core import signing
from django.db.models import Q

_signer = signing.Signer(salt="open_data.api.cursor")


@dataclass(frozen=True)
class Segment:
    """`keys`: ((field, whether it falls), …), none of them ever NULL where `condition` holds."""

    keys: tuple
    condition: Q | None = None

    @property
    def fields(self):
        return [field for field, _ in self.keys]


@dataclass(frozen=True)
class Position:
    """A row in an order: its segment and its keys; `at` is the moment by which the segments were cut."""

    segment: int
    values: tuple
    backwards: bool
    at: datetime


def by(field, *, falls=False, condition=None):
    """A Segment sorted by this field, then by the primary key in the same direction."""
    return Segment(((field, falls), ("pk", falls)), condition)


def beyond(segment, values, *, backwards=False):
    """Q of the rows of a segment that follow the one with these keys, or come before it."""
    (field, falls), *rest = segment.keys
    after = "lt" if falls != backwards else "gt"
    if not rest:
        return Q(**{f"{field}__{after}": values[0]})
    following = beyond(Segment(tuple(rest)), values[1:], backwards=backwards)
    # The first condition says nothing new, but an index on the first key can begin there.
    return Q(**{f"{field}__{after}e": values[0]}) & (Q(**{f"{field}__{after}": values[0]}) | following)


def walk(segments, position, limit, fetch):
    """([(number of the segment, keys)] in the order of the list, whether more follow in the direction of the walk).

    `fetch(segment, values or None, backwards, most)` gives the keys of rows of one segment in that direction.
    """
    backwards, start = bool(position and position.backwards), position.segment if position else 0
    found = []
    for number in range(start, -1, -1) if backwards else range(start, len(segments)):
        values = position.values if position and number == start else None
        rows = fetch(segments[number], values, backwards, limit + 1 - len(found))
        found += [(number, tuple(row)) for row in rows]
        if len(found) > limit:
            break
    more, found = len(found) > limit, found[:limit]
    return found[::-1] if backwards else found, more


def cursor(order, position):
    """A text for an address; only this portal can write one. `order` names the list and how it is sorted."""
    keys = [_plain(value) for value in position.values]
    return _signer.sign_object([order, position.segment, keys, int(position.backwards), position.at.isoformat()])


def read(text):
    """(order, Position) of a cursor; ValueError when it is none of ours."""
    try:
        order, segment, values, backwards, at = _signer.unsign_object(text)
    except (signing.BadSignature, ValueError, UnicodeError) as error:
        raise ValueError("no cursor") from error
    return order, Position(segment, tuple(values), bool(backwards), datetime.fromisoformat(at))


def _plain(value):
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
