"""Which threshold a value meets on a day, and which row of the rules says so."""

from dataclasses import dataclass
from decimal import Decimal

from procurement.choices import Band, RuleKind
from procurement.models import Rule

GROSZ = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Judgement:
    """`band` is empty when nothing can be said: no value, or no rule for that day. `rule` is the row that decided;
    `threshold` what it comes to in PLN net."""

    band: str = ""
    rule: Rule | None = None
    threshold: Decimal | None = None
    rate: Rule | None = None

    @property
    def is_checked(self):
        return all(one.is_checked for one in (self.rule, self.rate) if one)


class Rules:
    """The rows in force on one day, read once. One query."""

    def __init__(self, day):
        self.day = day
        self.rows = list(Rule.objects.on(day))

    def number(self, kind):
        """The row of a kind that depends on nothing else, or None."""
        return next((row for row in self.rows if row.kind == kind), None)

    def eu_threshold(self, *, nature, group, is_social):
        """The row that is the most particular of those that fit, or None."""
        fitting = [
            row
            for row in self.rows
            if row.kind == RuleKind.EU_THRESHOLD
            and row.is_social == is_social
            and row.nature in ("", nature)
            and row.buyer_group in ("", group)
        ]
        return max(fitting, key=lambda row: (row.nature != "", row.buyer_group != ""), default=None)

    def judge(self, *, value, nature, group, is_social=False):
        """The Judgement of a net value in PLN.

        The act applies from its threshold on (art. 2 ust. 1 pkt 1 PZP), the rules of the EU from theirs (art. 3).
        """
        act = self.number(RuleKind.ACT_THRESHOLD)
        if value is None or act is None:
            return Judgement()
        if value < act.number:
            return Judgement(Band.BELOW, act, act.number)
        eu = self.eu_threshold(nature=nature, group=group, is_social=is_social) if nature else None
        rate = self.number(RuleKind.EUR_RATE)
        if eu is None or rate is None:
            return Judgement()
        threshold = (eu.number * rate.number).quantize(GROSZ)
        return Judgement(Band.EU if value >= threshold else Band.NATIONAL, eu, threshold, rate)
