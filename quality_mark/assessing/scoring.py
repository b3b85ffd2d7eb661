"""What scores say: a weighted total in percent, how far two of them are apart, and whether the rules are met."""

from dataclasses import dataclass
from decimal import Decimal

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Found:
    """`mean` of all who have sent, in percent; `gap` between the highest and the lowest; None when nobody has."""

    totals: tuple = ()
    mean: Decimal | None = None
    gap: Decimal | None = None
    passes: bool | None = None
    is_far: bool = False


def total(values, criteria):
    """Percent of what can be had; `values` are {criterion id: value}."""
    most = sum(one.scale * one.weight for one in criteria)
    had = sum(values.get(one.pk, 0) * one.weight for one in criteria)
    return (Decimal(had) * 100 / most).quantize(HUNDREDTH)


def found(sheets, criteria, rules):
    """What these sheets, [{criterion id: value}], say together under the rules."""
    if not sheets:
        return Found()
    totals = tuple(total(values, criteria) for values in sheets)
    mean = (sum(totals) / len(totals)).quantize(HUNDREDTH)
    gap = max(totals) - min(totals)
    reaches = all(sum(values.get(one.pk, 0) for values in sheets) >= one.threshold * len(sheets) for one in criteria)
    return Found(totals, mean, gap, reaches and mean >= rules.pass_share, gap > rules.divergence)


def sheets_of(assessments):
    """Of those who have sent; `scores` should be there already."""
    return [{score.criterion_id: score.value for score in one.scores.all()} for one in assessments if one.sent_at]
