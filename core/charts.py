"""Bars: lengths in percent of the longest, and the same in words. The table beside them holds everything."""

from dataclasses import dataclass

MOST_BARS = 15


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    words: str
    length: str
    # Of the whole bar, from the left: some of them, as the chart says.
    part: str


def bars(pairs, words):
    """Bars of [(label, number of all, number of some of them or None)]; `words(all, some)` says what they show.

    The longest ones when there are many, else all in the given order.
    """
    longest = max((whole for _, whole, _ in pairs), default=0)
    if len(pairs) > MOST_BARS:
        pairs = sorted(pairs, key=lambda pair: -pair[1])[:MOST_BARS]
    return [
        Bar(str(label), words(whole, some), _percent(whole, longest), _percent(some or 0, longest))
        for label, whole, some in pairs
    ]


def _percent(value, longest):
    return f"{100 * value / longest:.1f}%" if longest else "0%"
