"""Every list of the portal whose searches can be saved: each app registers its own in `AppConfig.ready()`.

A saved search is the name of a list and a query string. What it finds the filter of the list says and nobody else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from core.exceptions import Refused
from notifications.models.searches import LONGEST

MOST_VALUES = 200
_NAME = "Nie ma już filtra „{}”, na którym to wyszukiwanie polega."
_GONE = "Nie ma już listy, którą to wyszukiwanie przeglądało."


@dataclass(frozen=True, slots=True)
class Told:
    """A row as letters tell it. `is_new` rather than changed is what came after a moment, `published_at`."""

    title: str
    url: str
    line: str
    published_at: datetime


@dataclass(frozen=True, kw_only=True)
class Search:
    """`name` stands in addresses and rows, `label` is the name of the list; `page` and `feed` are names of addresses.

    `filters` are the names that say what is found, not how it is shown. `bind(datas, now)` gives the filters of many
    query strings, what they need read once for all; of each are asked `is_valid()` and `conditions` ({name: Q}, all to
    hold). `why(found)` gives the reasons of an invalid one in Polish, `chips(found)` what was chosen, in words.
    `rows(now)` is the list without a filter; `order` puts the newest first; `tell(rows)` yields Told. `words` are the
    three forms of what is counted.
    """

    name: str
    label: str
    page: str
    feed: str
    words: str
    filters: tuple
    bind: Callable
    why: Callable
    chips: Callable
    rows: Callable
    tell: Callable
    order: tuple = ("-changed_at", "-pk")

    def url(self, query=""):
        return with_query(reverse(self.page), query)

    def feed_url(self, query=""):
        return with_query(reverse(self.feed), query)

    def title(self, found, query):
        """What was searched for, in words: the name that a saved search has until somebody gives it another."""
        typed = QueryDict(query).get("q", "")
        parts = [f"„{typed}”" if typed else "", *self.chips(found)]
        return ": ".join(filter(None, [self.label, ", ".join(filter(None, parts))]))[:200]


_SEARCHES = {}


def register(*searches):
    _SEARCHES.update({one.name: one for one in searches})


def find(name):
    """The Search of a name; LookupError when no app has registered it."""
    return _SEARCHES[name]


def all_searches():
    return list(_SEARCHES.values())


def with_query(path, query):
    return f"{path}?{query}" if query else path


def normalised(search, data):
    """The query string of a QueryDict with what says what is found alone, equal for searches that mean the same.

    Refused when it is longer than a row holds. What is no filter of the list is left out, as the list does.
    """
    pairs = [
        (name, value)
        for name in sorted(search.filters)
        for value in dict.fromkeys(" ".join(value.split()) for value in data.getlist(name)[: MOST_VALUES + 1])
        if value
    ]
    query = urlencode(pairs)
    if len(pairs) > MOST_VALUES or len(query) > LONGEST:
        raise Refused("Tego wyszukiwania nie można zapisać: ma za dużo filtrów. Usuń część z nich.")
    return query


@dataclass(frozen=True)
class Found:
    """What a saved search means now. `why` it means nothing, else an empty text, and then `conditions` are to hold."""

    search: Search | None
    filter: object
    why: str
    conditions: tuple = ()

    @property
    def condition(self):
        return reduce(and_, self.conditions, Q())

    def rows(self, now):
        """The rows of the list; none of a search that means nothing."""
        rows = self.search.rows(now)
        return rows.none() if self.why else rows.filter(*self.conditions)


def understand(name, queries, *, now):
    """[Found] of query strings of the list `name`, in their order, for the same few statements however many."""
    search = _SEARCHES.get(name)
    if search is None:
        return [Found(None, None, _GONE) for _ in queries]
    datas = [QueryDict(query) for query in queries]
    return [_understood(search, found, data) for found, data in zip(search.bind(datas, now), datas, strict=True)]


def run(name, query, *, now):
    """The Found of one query string."""
    return understand(name, [query], now=now)[0]


def _understood(search, found, data):
    gone = [name for name in data if name not in search.filters]
    if gone:
        return Found(search, found, _NAME.format(gone[0][:40]))
    if not found.is_valid():
        return Found(search, found, " ".join(search.why(found))[:300] or "Ten filtr nic już nie znaczy.")
    return Found(search, found, "", tuple(found.conditions.values()))
