# ruff: noqa: S608 - what is put into the SQL are names of our own columns; values are parameters
"""One page of a list of entries, in order, at a price that does not grow with the list."""

from typing import NamedTuple

from django.db.models import Q

from registry.sql import fetch, where

# Fewer rows than this are found first and sorted then; more are walked in the order of an index until the page is
# full. Left alone, PostgreSQL may walk 100,000 rows in order for a dozen that it takes for common.
FEW = 2000

ORDERS = {
    "nazwa": ("sort_key", "ASC"),
    "nowe": ("published_at", "DESC"),
    "zmiana": ("changed_at", "DESC"),
}
RELEVANCE, BY_NAME = "trafnosc", "nazwa"


class Tier(NamedTuple):
    """Entries that come before those of the next tier, and how they are sorted among themselves."""

    condition: Q
    column: str = "sort_key"
    direction: str = "ASC"


class Listing:
    """Entries of `model` under `conditions`, {name of a filter: Q}; listing[20:40] is one query and a list.

    By relevance, `tiers` (registry.search) stand for the condition "q", each sorted as `within` says; `total` is how
    many there are. `orders` are {name of an order: (column, direction) or a list of Tiers}, the usual one first.
    """

    def __init__(self, model, conditions, *, total, sort=BY_NAME, tiers=(), orders=ORDERS, within=ORDERS[BY_NAME]):
        self.model, self.total = model, total
        ranked = tiers if sort == RELEVANCE else ()
        self.conditions = [q for name, q in conditions.items() if name != "q" or not ranked]
        self.words = "q" in conditions
        order = orders.get(sort) or next(iter(orders.values()))
        self.tiers = [Tier(q, *within) for q in ranked] or (order if isinstance(order, list) else [])
        self.column, self.direction = order if isinstance(order, tuple) else within
        self.table, self.pk = model._meta.db_table, model._meta.pk.column

    def __len__(self):
        return self.total

    def __getitem__(self, part):
        start, stop = part.start or 0, min(part.stop, self.total)
        if stop <= start:
            return []
        self.parameters = []
        chosen = self._by_tiers(start, stop) if self.tiers else self._in_order(start, stop)
        fields = [field for field in self.model._meta.concrete_fields if field.name not in self.model.not_shown]
        columns = ", ".join(f"{self.table}.{field.column}" for field in fields)
        names = [field.attname for field in fields]
        sql = (
            f"{chosen} SELECT {columns} FROM page JOIN {self.table} ON {self.table}.{self.pk} = page.pk ORDER BY place"
        )
        return [self.model.from_db("default", names, row) for row in fetch(sql, self.parameters, by_index=self.words)]

    def _in_order(self, start, stop):
        order = f"{self.column} {self.direction}, pk {self.direction}"
        rows = f"SELECT {self.pk} AS pk, {self.column} FROM {self.table} WHERE {self._where(self.conditions)}"
        how = "MATERIALIZED" if self.total < FEW else "NOT MATERIALIZED"
        return (
            f"WITH found AS {how} ({rows}),"
            f" page AS (SELECT pk, row_number() OVER (ORDER BY {order}) AS place"
            f" FROM (SELECT * FROM found ORDER BY {order} LIMIT {stop - start} OFFSET {start}) chosen)"
        )

    def _by_tiers(self, start, stop):
        """Tier by tier, each only while the page is not full."""
        parts = []
        for number, tier in enumerate(self.tiers):
            missing = " + ".join(f"(SELECT count(*) FROM tier{before})" for before in range(number)) or "0"
            order = f"{tier.column} {tier.direction}, pk {tier.direction}"
            parts.append(
                f"tier{number} AS MATERIALIZED (SELECT pk, {number} AS tier,"
                f" row_number() OVER (ORDER BY {order}) AS at"
                f" FROM (SELECT {self.pk} AS pk, {tier.column} FROM {self.table}"
                f" WHERE {missing} < {stop} AND {self._where([*self.conditions, tier.condition])}"
                f" ORDER BY {tier.column} {tier.direction}, {self.pk} {tier.direction} LIMIT {stop}) best)"
            )
        union = " UNION ALL ".join(f"SELECT * FROM tier{number}" for number in range(len(self.tiers)))
        order = "tier, at"
        return (
            f"WITH {', '.join(parts)}, page AS (SELECT pk, row_number() OVER (ORDER BY {order}) AS place"
            f" FROM (SELECT * FROM ({union}) ranked ORDER BY {order} LIMIT {stop - start} OFFSET {start}) chosen)"
        )

    def _where(self, conditions):
        sql, parameters = where(self.model, conditions)
        self.parameters += parameters
        return sql
