# ruff: noqa: S608 - what is put into the SQL are names of our own columns; values are parameters
"""How many entries each further choice in each filter would leave.

Within one filter any of the chosen values will do, so the counts of a filter ignore its own choice and heed all
others. Entries that agree in every column with a filter share a `cell`: they are counted by that one number, from an
index when nothing else is asked, and only one representative of each cell is looked at (docs/decisions/0031).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from registry.models import CatalogueEntry, OfferEntry
from registry.querysets import lapsed_by
from registry.sql import fetch, where


@dataclass(frozen=True)
class Facet:
    """A filter whose values are counted. `flag` columns are yes or no, `listed` ones hold several values.

    `lapsed` gives the Q of entries whose flag is over by a date in them and which the night job has not reached yet:
    these are not counted, and the filter itself looks at rows. Of a facet counted apart, `most` keeps only so many of
    its fullest values.
    """

    name: str
    column: str
    flag: bool = False
    listed: bool = False
    most: int = 0
    lapsed: Callable = None


@dataclass(frozen=True)
class Cube:
    """What is counted of a kind of entry: `cells` by their number, `bits` by theirs, `rows` one by one.

    `sums` is a table of cells with numbers `n` to be added up, kept by triggers: it answers when nothing but cells is
    asked for. `apart` is a facet of too many values for a cell, and `apart_sums` the like table of it and its cell. It
    heeds its own choice too.
    """

    model: type
    cells: tuple
    bits: Facet = None
    rows: tuple = ()
    sums: str = ""
    apart: Facet = None
    apart_sums: str = ""


CATALOGUE = Cube(
    CatalogueEntry,
    cells=(
        Facet("powiat", "county_id"),
        Facet("kind", "kind_id"),
        Facet("form", "form_id"),
        Facet("status", "activity"),
        Facet("ps", "ps", flag=True),
        Facet("mark", "mark", flag=True, lapsed=lapsed_by),
        Facet("art94", "art94", flag=True),
        Facet("opp", "opp", flag=True),
    ),
    bits=Facet("category", "category_bits"),
    rows=(Facet("gmina", "municipality_id"),),
)
OFFERS = Cube(
    OfferEntry,
    cells=(
        Facet("category", "category_id"),
        Facet("powiat", "county_id"),
        Facet("kind", "kind_id"),
        Facet("mark", "mark", flag=True, lapsed=lapsed_by),
    ),
)


@dataclass(frozen=True)
class Counts:
    total: int
    by_facet: dict

    def of(self, name):
        """{value: how many}, only values that leave something."""
        return self.by_facet.get(name, {})


def count(cube, conditions, *, bits=None, chosen=0, rows=False, also=None):
    """Counts under `conditions`, {name of a filter: Q}.

    `bits` are the values that the facet of bits may have, {value: bit}, and `chosen` those that its filter asks for,
    as one number. `rows` also counts the facets that take a look at each row; `also` are filters that take 1 only and
    are no column, {name: Q}, for which an index answers. One query.
    """
    statement = _Statement(cube, conditions, bits=bits or {}, chosen=chosen, rows=rows, also=also or {})
    by_facet = {}
    for facet, value, number in fetch(statement.sql(), statement.parameters, by_index="q" in conditions):
        if number and value is not None:
            by_facet.setdefault(facet, {})[value] = int(number)
    return Counts(by_facet.pop("", {}).get("", 0), by_facet)


class _Statement:
    """Puts the SQL together; the parameters follow the order of its parts."""

    def __init__(self, cube, conditions, *, bits, chosen, rows, also):
        self.cube, self.bits, self.chosen, self.also, self.parameters = cube, bits, chosen, also, []
        self.table = cube.model._meta.db_table
        self.pk = cube.model._meta.pk.column
        in_cells = {facet.name for facet in cube.cells if not facet.lapsed}
        in_bits = {cube.bits.name} if cube.bits else set()
        self.conditions = conditions
        self.cell_conditions = {name: q for name, q in conditions.items() if name in in_cells}
        self.row_conditions = [q for name, q in conditions.items() if name not in in_cells | in_bits]
        self.rows = cube.rows if rows else ()

    def sql(self):
        parts = [self._found(), f"cells AS MATERIALIZED ({self._cells()})"]
        selects = ["SELECT '' AS facet, '' AS value, sum(n) FROM cells WHERE failing = 0"]
        selects += [self._of_cells(facet) for facet in self.cube.cells]
        selects += [self._of_bits(self.cube.bits)] if self.bits and self.cube.bits else []
        selects += [self._of_rows(facet) for facet in self.rows]
        selects += [self._of_condition(name, q) for name, q in self.also.items()]
        selects += [self._apart(self.cube.apart)] if self.cube.apart else []
        return f"WITH {', '.join(filter(None, parts))} {' UNION ALL '.join(selects)}"

    def _found(self):
        """What has to look at the rows themselves does so once: those of each cell and of each value that stands
        outside cells are counted as they go by. All else is read from the index on cells or from sums.
        """
        if not self.row_conditions:
            return None
        apart = [facet.column for facet in (self.cube.bits, self.cube.apart) if facet]
        counts = [f"count(*) {self._chosen} AS n"]
        counts += [] if self.cube.sums else [f"min({self.pk}) AS one"]
        if apart:
            passing = f"FILTER (WHERE {self._where(self.cell_conditions.values())})" if self.cell_conditions else ""
            counts.append(f"count(*) {passing} AS passing")
        counts += [f"count(*) FILTER (WHERE {self._where([q])}) AS {name}" for name, q in self._noted().items()]
        return (
            f"found AS MATERIALIZED (SELECT {', '.join(['cell', *apart, *counts])} FROM {self.table}"
            f" WHERE {self._where(self.row_conditions)}"
            f" GROUP BY GROUPING SETS ({', '.join(f'({column})' for column in ['cell', *apart])}))"
        )

    @property
    def _chosen(self):
        return f"FILTER (WHERE {self.cube.bits.column} & {self.chosen} <> 0)" if self.chosen else ""

    def _cells(self):
        failing = " + ".join(
            f"CASE WHEN {self._where([q])} THEN 0 ELSE {self._bit(name)} END"
            for name, q in self.cell_conditions.items()
        )
        columns = ", ".join(f"{self.table}.{facet.column}" for facet in self.cube.cells)
        counted = "SELECT * FROM found WHERE cell IS NOT NULL"
        if self.cube.sums:
            return self._cells_of_sums(columns, failing or 0, counted)
        if not self.row_conditions:
            counted = (
                f"SELECT cell, count(*) {self._chosen} AS n, min({self.pk}) AS one FROM {self.table} GROUP BY cell"
            )
        return (
            f"SELECT counted.cell, {columns}, counted.n, {failing or 0} AS failing"
            f" FROM ({counted}) counted JOIN {self.table} ON {self.table}.{self.pk} = counted.one"
        )

    def _cells_of_sums(self, columns, failing, counted):
        """The table of sums knows every cell: no row has to stand for its like. Small numbers add up faster."""
        plain = ", ".join(facet.column for facet in self.cube.cells)
        sums = f"SELECT cell, {plain}, sum(n::int)::int AS n FROM {self.cube.sums} GROUP BY cell, {plain}"
        number, few = f"{self.table}.n", ""
        if self.row_conditions:
            number, few = "counted.n::int", f" JOIN ({counted}) counted ON counted.cell = {self.table}.cell"
        return f"SELECT {self.table}.cell, {columns}, {number}, {failing} AS failing FROM ({sums}) {self.table}{few}"

    def _of_cells(self, facet):
        passing = f"failing IN (0, {self._bit(facet.name)})" if self.cell_conditions else "TRUE"
        if facet.flag:
            number = f"sum(n){self._lapsed(facet)}"
            return f"SELECT '{facet.name}', '1', {number} FROM cells WHERE {facet.column} AND {passing}"
        if facet.listed:
            # Lists are few, cells are thousands.
            alike = f"SELECT {facet.column}, sum(n) AS n FROM cells WHERE {passing} GROUP BY {facet.column}"
            return (
                f"SELECT '{facet.name}', one, sum(n) FROM ({alike}) alike, unnest({facet.column}) AS each (one)"
                " GROUP BY one"
            )
        return (
            f"SELECT '{facet.name}', {facet.column}::text, sum(n) FROM cells WHERE {passing} GROUP BY {facet.column}"
        )

    def _lapsed(self, facet):
        """Minus those that are over: there are some only between midnight and the night job. By an index."""
        if not facet.lapsed or facet.name in self.conditions:
            return ""
        over = self._where([*self.conditions.values(), facet.lapsed(timezone.localdate())])
        return f" - (SELECT count(*) FROM {self.table} WHERE {over})"

    def _of_bits(self, facet):
        sums = ", ".join(f"sum(n) FILTER (WHERE {facet.column} & {1 << bit} <> 0)" for bit in self.bits.values())
        if self.row_conditions:
            counted = f"SELECT {facet.column}, passing AS n FROM found WHERE {facet.column} IS NOT NULL"
        else:
            passing = "WHERE cell IN (SELECT cell FROM cells WHERE failing = 0)" if self.cell_conditions else ""
            counted = f"SELECT {facet.column}, count(*) AS n FROM {self.table} {passing} GROUP BY {facet.column}"
        self.parameters.append(list(self.bits))
        return (
            f"SELECT '{facet.name}', value, number FROM (SELECT ARRAY[{sums}] AS numbers FROM ({counted}) counted"
            f") summed, unnest(%s::text[], numbers) AS each (value, number)"
        )

    def _of_rows(self, facet):
        others = [q for name, q in self.conditions.items() if name != facet.name]
        return (
            f"SELECT '{facet.name}', {facet.column}, count(*) FROM {self.table}"
            f" WHERE {self._where(others)} GROUP BY {facet.column}"
        )

    def _noted(self):
        """Filters of 1 that are noted of each row found: words are looked up once, they are the dearest condition."""
        return {name: q for name, q in self.also.items() if name not in self.conditions and "q" in self.conditions}

    def _of_condition(self, name, q):
        if name in self.conditions:
            return f"SELECT '{name}', '1', sum(n) FROM cells WHERE failing = 0"
        if name in self._noted():
            of_cells = (
                "JOIN cells USING (cell) WHERE failing = 0" if self.cell_conditions else "WHERE cell IS NOT NULL"
            )
            return f"SELECT '{name}', '1', sum(found.{name}) FROM found {of_cells}"
        passing = " AND cell IN (SELECT cell FROM cells WHERE failing = 0)" if self.cell_conditions else ""
        return (
            f"SELECT '{name}', '1', count(*) FROM {self.table} WHERE {self._where([*self.row_conditions, q])}{passing}"
        )

    def _apart(self, facet):
        fullest = f" ORDER BY 3 DESC, 2 LIMIT {facet.most}" if facet.most else ""
        if self.row_conditions:
            counted = f"found WHERE {facet.column} IS NOT NULL AND passing > 0"
            return f"(SELECT '{facet.name}', {facet.column}::text, passing FROM {counted}{fullest})"
        passing = " JOIN cells ON cells.cell = one.cell AND cells.failing = 0" if self.cell_conditions else ""
        return (
            f"(SELECT '{facet.name}', one.{facet.column}::text, sum(one.n::int)"
            f" FROM {self.cube.apart_sums} one{passing} GROUP BY one.{facet.column}{fullest})"
        )

    def _bit(self, name):
        return 1 << [facet.name for facet in self.cube.cells].index(name) if name in self.cell_conditions else 0

    def _where(self, conditions):
        sql, parameters = where(self.cube.model, list(conditions))
        self.parameters += parameters
        return sql
