"""Which row of the rules has judged a position, in words, and whether a lawyer has looked at it."""

from core.templatetags.portal import date_words, money, number
from procurement.choices import RuleKind
from procurement.models import Rule


class Told:
    """The rates of the euro are read once: an EU threshold hangs on one of them. One query."""

    def __init__(self):
        self._rates = list(Rule.objects.filter(kind=RuleKind.EUR_RATE))

    def words(self, rule):
        """ "próg 170 000 zł od 1 stycznia 2026, art. 2 ust. 1 pkt 1 PZP", or nothing."""
        if rule is None:
            return ""
        is_act = rule.kind == RuleKind.ACT_THRESHOLD
        amount = money(rule.number) if is_act else f"{number(rule.number)} euro"
        return f"próg {amount} od {date_words(rule.valid_from)}, {rule.legal_basis}"

    def is_checked(self, rule, day):
        if rule is None or not rule.is_checked:
            return rule is None
        return rule.kind == RuleKind.ACT_THRESHOLD or all(rate.is_checked for rate in self._rates if _holds(rate, day))


def _holds(rate, day):
    return rate.valid_from <= day and (rate.valid_until is None or day < rate.valid_until)
