"""Which thresholds apply to an order on its day, and what they say of its value, also when not everything is known."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import product

from procurement.choices import Band, BuyerGroup, Nature, RuleKind
from procurement.models import Rule
from procurement.rules.judging import GROSZ, Rules

_WORDS = {
    Band.BELOW: "poniżej progu stosowania ustawy",
    Band.NATIONAL: "co najmniej próg stosowania ustawy, mniej niż próg unijny",
    Band.EU: "co najmniej próg unijny",
}


@dataclass(frozen=True)
class Threshold:
    """A row of the rules; `zloty` is what it comes to, `decides` that it alone said where the value lies."""

    rule: Rule
    label: str
    zloty: Decimal | None
    decides: bool

    @property
    def euro(self):
        return self.rule.number if self.rule.kind == RuleKind.EU_THRESHOLD else None


@dataclass(frozen=True)
class Verdict:
    """`whom` is empty when it is the same for all that the question leaves open."""

    band: str
    whom: str

    @property
    def words(self):
        return _WORDS[self.band]


class Thresholds:
    def __init__(self, *, day, value, nature, group, is_social):
        self.day, self.value, self.is_social = day, value, is_social
        self.natures = [nature] if nature else Nature.values
        self.groups = [group] if group else BuyerGroup.values
        if is_social:  # social and other special services
            self.natures = [Nature.SERVICES]

    @cached_property
    def rules(self):
        return Rules(self.day)

    @cached_property
    def _judged(self):
        """{(nature, group): Judgement} for everything that the question leaves open."""
        return {
            (nature, group): self.rules.judge(value=self.value, nature=nature, group=group, is_social=self.is_social)
            for nature, group in product(self.natures, self.groups)
        }

    @property
    def bands(self):
        """Where the value may lie; empty when nothing can be said."""
        return {judged.band for judged in self._judged.values() if judged.band}

    @property
    def is_known(self):
        return self.value is not None and bool(self.bands)

    @property
    def verdicts(self):
        """One when everything comes to the same, else one for each band with what it is for."""
        if len(self.bands) == 1:
            return [Verdict(next(iter(self.bands)), "")]
        found = {}
        for (nature, group), judged in self._judged.items():
            if judged.band:
                found.setdefault(judged.band, []).append((nature, group))
        return [Verdict(band, self._whom(found[band])) for band in Band.values if band in found]

    @property
    def rows(self):
        """The Thresholds of that day, those first that decided."""
        act = self.rules.number(RuleKind.ACT_THRESHOLD)
        found = [act] if act else []
        for nature, group in self._judged:
            eu = self.rules.eu_threshold(nature=nature, group=group, is_social=self.is_social)
            found += [eu] if eu and eu not in found else []
        decided = {judged.rule for judged in self._judged.values() if judged.rule}
        # What is still open is decided by none: each of them would, for a part of the answers.
        decided = decided if len(decided) == 1 else set()
        rows = [Threshold(row, self._label(row), self._zloty(row), row in decided) for row in found]
        return sorted(rows, key=lambda row: not row.decides)

    @property
    def rate(self):
        return self.rules.number(RuleKind.EUR_RATE)

    @property
    def rate_words(self):
        """ "4,31"."""
        return f"{self.rate.number.normalize():f}".replace(".", ",")

    def _zloty(self, rule):
        if rule.kind != RuleKind.EU_THRESHOLD:
            return rule.number
        return (rule.number * self.rate.number).quantize(GROSZ) if self.rate else None

    def _label(self, rule):
        if rule.kind != RuleKind.EU_THRESHOLD:
            return "próg stosowania ustawy"
        kind = "usługi społeczne i inne szczególne" if rule.is_social else rule.get_nature_display()
        group = f", zamawiający {rule.get_buyer_group_display()}" if rule.buyer_group else ""
        return f"próg unijny: {kind}{group}"

    def _whom(self, pairs):
        """ "roboty budowlane; zamawiający samorządowy: dostawy, usługi"."""
        groups_of = {nature: {group for one, group in pairs if one == nature} for nature in self.natures}
        alike = [nature for nature in self.natures if groups_of[nature] == set(self.groups)]
        parts = [_natures(alike)] if alike else []
        for group in self.groups:
            own = [nature for nature in self.natures if nature not in alike and group in groups_of[nature]]
            parts += [f"zamawiający {BuyerGroup(group).label}: {_natures(own)}"] if own else []
        return "; ".join(parts)


def _natures(codes):
    return ", ".join(Nature(code).label for code in codes)
