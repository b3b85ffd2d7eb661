"""Bars: lengths in percent of the longest, and the same in words. The table beside them holds everything."""

from dataclasses import dataclass

from core.templatetags.portal import number, plural

MOST_BARS = 15


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    words: str
    length: str
    # Of the whole bar, from the left: orders with a clause.
    part: str


def bars(pairs):
    """Bars of [(label, number of all, number of some of them)], the longest first but in the given order when few."""
    longest = max((whole for _, whole, _ in pairs), default=0)
    if len(pairs) > MOST_BARS:
        pairs = sorted(pairs, key=lambda pair: -pair[1])[:MOST_BARS]
    return [
        Bar(str(label), _words(whole, some), _percent(whole, longest), _percent(some or 0, longest))
        for label, whole, some in pairs
    ]


def _words(whole, some):
    words = f"{number(whole)} {plural(whole, 'zamówienie,zamówienia,zamówień')}"
    return words if some is None else f"{words}, {number(some)} z klauzulą"


def _percent(value, longest):
    return f"{100 * value / longest:.1f}%" if longest else "0%"
