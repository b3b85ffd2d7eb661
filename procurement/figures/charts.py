"""Bars of orders."""

from core import charts
from core.templatetags.portal import number, plural


def bars(pairs):
    """Bars of [(label, number of orders, how many of them with a clause or None)]."""
    return charts.bars(pairs, _words)


def _words(whole, some):
    words = f"{number(whole)} {plural(whole, 'zamówienie,zamówienia,zamówień')}"
    return words if some is None else f"{words}, {number(some)} z klauzulą"
