"""Orders by clause. One order may have several, so these lines may add up to more than all orders."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Sum

from procurement.figures.lines import Known
from procurement.figures.orders import public_value
from procurement.models import Clause, ClauseKind


@dataclass(frozen=True, slots=True)
class ClauseLine:
    code: str
    label: str
    orders: int
    value: Known


def lines_by_clause(orders):
    """A ClauseLine of every kind that is or was in force, in the order of the dictionary. Two statements.

    Rows of one code are one kind, and an order with two clauses of a kind counts once.
    """
    earlier = Clause.objects.filter(
        notice=OuterRef("notice"), kind__code=OuterRef("kind__code"), pk__lt=OuterRef("pk")
    )
    used = Clause.objects.filter(~Exists(earlier), notice__in=orders.values("pk")).order_by()
    value = public_value("notice__")
    counted = {
        row["kind__code"]: row
        for row in used.values("kind__code").annotate(number=Count("pk"), known=Count(value), sum=Sum(value))
    }
    # Of a kind that has changed the newest name.
    labels = {kind.code: str(kind) for kind in ClauseKind.objects.order_by("position", "code", "valid_from")}
    return [_line(code, label, counted.get(code)) for code, label in labels.items()]


def _line(code, label, row):
    if row is None:
        return ClauseLine(code, label, 0, Known())
    return ClauseLine(code, label, row["number"], Known(row["sum"], row["known"], row["number"]))
