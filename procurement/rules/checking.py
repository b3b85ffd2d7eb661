"""Which checks are made of what."""

from procurement.rules import checks, clause_checks
from procurement.rules.checks import checks_of
from procurement.rules.facts import facts_of_notice

NOTICE_CHECKS = (
    checks.value, checks.mode, checks.price_weight, checks.cpv, checks.parts, clause_checks.clauses, checks.deadline,
    checks.contact,
)  # fmt: skip
# A plan has no criteria, deadline or contact yet.
ITEM_CHECKS = (checks.value, checks.mode, checks.cpv, clause_checks.clauses)


def check_notice(notice, *, now):
    """All checks of a notice as it stands, with the rules of the day on which it appears."""
    return checks_of(facts_of_notice(notice, now=now), NOTICE_CHECKS)
