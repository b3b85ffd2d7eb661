# ruff: noqa: S608 - what is put into the SQL are names of our own tables; values are parameters
"""What would be found with less asked for: one word left out, or the filters."""

from dataclasses import dataclass

from core.templatetags.portal import number, plural
from registry.sql import fetch, where

# More than this is said to be more than this: counting on would cost more than the page.
MOST = 1000
_SHOWN = 3


@dataclass(frozen=True)
class Looser:
    """`without` is the word left out, empty when it is the filters; `search` is what is then searched for."""

    search: object
    without: str
    count: int

    @property
    def label(self):
        """ "bez słowa „betoniarnia”: 12 wyników"."""
        what = f"bez słowa „{self.without}”" if self.without else "bez filtrów"
        if " " in self.without:
            what = f"bez „{self.without}”"
        some = f"{number(self.count)} {plural(self.count, 'wynik,wyniki,wyników')}"
        many = f"ponad {number(MOST)} wyników"
        return f"{what}: {many if self.count > MOST else some}"


def looser(model, search, conditions, *, words=True):
    """Looser searches that find something, those without filters first, then the fullest; a few at most.

    `conditions` are those of the search that found nothing, {name of a filter: Q}; without `words` only they may be
    left out. One query, none when there is nothing to leave out.
    """
    asked = [(search, "", [conditions["q"]])] if len(conditions) > 1 else []
    others = [q for name, q in conditions.items() if name != "q"]
    asked += [(rest, part, [*others, rest.condition]) for part, rest in (search.shorter if words else {}).items()]
    counts = _count(model, [all_of for _, _, all_of in asked]) if asked else []
    better = [Looser(search, part, count) for (search, part, _), count in zip(asked, counts, strict=True) if count]
    return sorted(better, key=lambda one: (one.without != "", -one.count))[:_SHOWN]


def _count(model, wanted):
    """How many entries meet each of these lists of Q, counted up to MOST + 1."""
    table, parts, parameters = model._meta.db_table, [], []
    for place, all_of in enumerate(wanted):
        condition, values = where(model, all_of)
        parameters += values
        few = f"SELECT FROM {table} WHERE {condition} LIMIT {MOST + 1}"
        parts.append(f"SELECT {place} AS place, (SELECT count(*) FROM ({few}) few)")
    sql = f"{' UNION ALL '.join(parts)} ORDER BY place"
    return [count for _, count in fetch(sql, parameters, by_index=True)]
