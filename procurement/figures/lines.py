"""The figures of orders, and of all their groups at once: two statements, whatever the number of groups."""

from dataclasses import dataclass, field, fields
from decimal import Decimal

from django.db.models import Count, Q, Sum

from procurement.choices import Kept
from procurement.figures.orders import GROUPS, awards


@dataclass(frozen=True, slots=True)
class Known:
    """A sum over `of` rows, of which only `known` have the number. Nothing known is None, not zero."""

    value: Decimal | int | None = None
    known: int = 0
    of: int = 0

    @property
    def missing(self):
        return self.of - self.known

    def __add__(self, other):
        known = [one.value for one in (self, other) if one.value is not None]
        return Known(sum(known) if known else None, self.known + other.known, self.of + other.of)


@dataclass
class Line:
    orders: int = 0
    value: Known = field(default_factory=Known)
    with_clause: int = 0
    clause_value: Known = field(default_factory=Known)
    # Contracts: an order given in parts has several.
    awards: int = 0
    award_value: Known = field(default_factory=Known)
    # Contracts with such a winner, of those whose winner is known as one or not.
    pes: Known = field(default_factory=Known)
    pes_value: Known = field(default_factory=Known)
    ps: Known = field(default_factory=Known)
    mark: Known = field(default_factory=Known)
    people_planned: Known = field(default_factory=Known)
    people_employed: Known = field(default_factory=Known)
    # Contracts of orders with a clause, by what was said of them; `of` counts also those of which nobody has spoken.
    kept: Known = field(default_factory=Known)
    partly: int = 0
    not_kept: int = 0

    @property
    def known_partly(self):
        """None as long as nobody has said anything of any promise: that is no zero."""
        return self.partly if self.kept.known else None

    @property
    def known_not_kept(self):
        return self.not_kept if self.kept.known else None

    def __add__(self, other):
        return Line(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)})


_OF_ORDERS = {
    "orders": Count("pk"),
    "value_sum": Sum("public_value"),
    "value_known": Count("public_value"),
    "with_clause": Count("pk", filter=Q(has_clause=True)),
    "clause_sum": Sum("public_value", filter=Q(has_clause=True)),
    "clause_known": Count("public_value", filter=Q(has_clause=True)),
}
_OF_AWARDS = {
    "awards": Count("pk"),
    "award_sum": Sum("value"),
    "award_known": Count("value"),
    "pes": Count("pk", filter=Q(was_pes=True)),
    "pes_known": Count("was_pes"),
    "pes_sum": Sum("value", filter=Q(was_pes=True)),
    "pes_value_known": Count("value", filter=Q(was_pes=True)),
    "ps": Count("pk", filter=Q(was_ps=True)),
    "ps_known": Count("was_ps"),
    "mark": Count("pk", filter=Q(had_mark=True)),
    "mark_known": Count("had_mark"),
    "employing": Count("pk", filter=Q(employs=True)),
    "planned_sum": Sum("people_planned"),
    "planned_known": Count("people_planned"),
    "employed_sum": Sum("employed", filter=Q(employs=True)),
    "employed_known": Count("employed", filter=Q(employs=True)),
    "obliged": Count("pk", filter=Q(has_clause=True)),
    "kept": Count("pk", filter=Q(has_clause=True, said=Kept.YES)),
    "partly": Count("pk", filter=Q(has_clause=True, said=Kept.PARTLY)),
    "not_kept": Count("pk", filter=Q(has_clause=True, said=Kept.NO)),
}


def total(orders):
    """The Line of all these orders."""
    line = Line()
    _fill_orders(line, orders.placed().aggregate(**_OF_ORDERS))
    _fill_awards(line, awards().of_orders(orders).told().aggregate(**_OF_AWARDS))
    return line


def lines_by(orders, *groups):
    """{(key of each group): Line}; None stands for orders that have none. Their sum is the total."""
    found = {}
    rows = orders.placed().annotate(**_keys(groups, "")).order_by().values(*_names(groups)).annotate(**_OF_ORDERS)
    for key, row in _read(rows, groups):
        _fill_orders(found.setdefault(key, Line()), row)
    given = awards().of_orders(orders).told().annotate(**_keys(groups, "notice__")).order_by()
    for key, row in _read(given.values(*_names(groups)).annotate(**_OF_AWARDS), groups):
        _fill_awards(found.setdefault(key, Line()), row)
    return found


def rolled(lines, place):
    """The lines of several groups added up by the group at this place: {its key: Line}."""
    found = {}
    for key, line in lines.items():
        known = found.get(key[place])
        found[key[place]] = line if known is None else known + line
    return found


def _names(groups):
    return [f"by_{group}" for group in groups]


def _keys(groups, path):
    return {name: GROUPS[group](path) for name, group in zip(_names(groups), groups, strict=True)}


def _read(rows, groups):
    for row in rows.order_by():
        yield tuple(row[name] for name in _names(groups)), row


def _fill_orders(line, row):
    line.orders, line.with_clause = row["orders"], row["with_clause"]
    line.value = Known(row["value_sum"], row["value_known"], row["orders"])
    line.clause_value = Known(row["clause_sum"], row["clause_known"], row["with_clause"])


def _fill_awards(line, row):
    given = line.awards = row["awards"]
    line.award_value = Known(row["award_sum"], row["award_known"], given)
    line.pes = _counted(row["pes"], row["pes_known"], given)
    line.pes_value = Known(row["pes_sum"], row["pes_value_known"], row["pes"])
    line.ps = _counted(row["ps"], row["ps_known"], given)
    line.mark = _counted(row["mark"], row["mark_known"], given)
    line.people_planned = Known(row["planned_sum"], row["planned_known"], row["employing"])
    line.people_employed = Known(row["employed_sum"], row["employed_known"], row["employing"])
    line.partly, line.not_kept = row["partly"], row["not_kept"]
    line.kept = _counted(row["kept"], row["kept"] + row["partly"] + row["not_kept"], row["obliged"])


def _counted(number, known, of):
    """How many are so, of those of which it is known."""
    return Known(number if known else None, known, of)
