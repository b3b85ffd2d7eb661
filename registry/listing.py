# ruff: noqa: S608 - what is put into the SQL are names of our own columns; values are parameters
"""One page of a list of entries, in order, at a price that does not grow with the list."""

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


class Listing:
    """Entries of `model` under `conditions`, {name of a filter: Q}; listing[20:40] is one query and a list.

    By relevance, `tiers` (registry.search) stand for the condition "q"; `total` is how many there are.
    """

    def __init__(self, model, conditions, *, total, sort=BY_NAME, tiers=()):
        self.model, self.total = model, total
        self.tiers = tiers if sort == RELEVANCE else ()
        self.conditions = [q for name, q in conditions.items() if name != "q" or not self.tiers]
        self.words = "q" in conditions
        self.column, self.direction = ORDERS.get(sort, ORDERS[BY_NAME])
        self.table, self.pk = model._meta.db_table, model._meta.pk.column

    def __len__(self):
        return self.total

    def __getitem__(self, part):
        start, stop = part.start or 0, min(part.stop, self.total)
        if stop <= start:
            return []
        self.parameters = []
        chosen = self._by_relevance(start, stop) if self.tiers else self._in_order(start, stop)
        fields = [field for field in self.model._meta.concrete_fields if _is_shown(field)]
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

    def _by_relevance(self, start, stop):
        """Tier by tier, each only while the page is not full."""
        parts = []
        for number, tier in enumerate(self.tiers):
            missing = " + ".join(f"(SELECT count(*) FROM tier{before})" for before in range(number)) or "0"
            parts.append(
                f"tier{number} AS MATERIALIZED (SELECT {self.pk} AS pk, sort_key, {number} AS tier FROM {self.table}"
                f" WHERE {missing} < {stop} AND {self._where([*self.conditions, tier])}"
                f" ORDER BY sort_key, {self.pk} LIMIT {stop})"
            )
        union = " UNION ALL ".join(f"SELECT * FROM tier{number}" for number in range(len(self.tiers)))
        order = "tier, sort_key, pk"
        return (
            f"WITH {', '.join(parts)}, page AS (SELECT pk, row_number() OVER (ORDER BY {order}) AS place"
            f" FROM (SELECT * FROM ({union}) ranked ORDER BY {order} LIMIT {stop - start} OFFSET {start}) chosen)"
        )

    def _where(self, conditions):
        sql, parameters = where(self.model, conditions)
        self.parameters += parameters
        return sql


def _is_shown(field):
    return field.name not in ("search", "serves", "cpv", "pkd", "sort_key", "cell", "categories", "category_bits")
