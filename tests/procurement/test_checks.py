"""What an order lacks or risks: every check, from a table. The numbers come from the rows of the rules."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from procurement.choices import BuyerGroup, Nature, NoticeKind, RuleKind
from procurement.models import (
    Clause,
    ClauseGroup,
    ClauseKind,
    Mode,
    Notice,
    NoticePart,
    OfferPeriod,
    PlanItem,
    Rule,
)
from procurement.rules.checking import ITEM_CHECKS, NOTICE_CHECKS
from procurement.rules.checks import HINT, WARN, checks_of
from procurement.rules.facts import Facts, social_cpv
from procurement.rules.judging import Rules
from registry.models import CpvCode

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)
GOOD_CLAUSE = {"groups": ["bezrobotni"], "people": 2, "months": 6, "control": "Oświadczenie co kwartał."}


def mode(code):
    return Mode.objects.get(code=code, valid_until=None)


def clause(code, **given):
    return Clause(pk=7, kind=ClauseKind.objects.get(code=code), **given)


def notice(**given):
    """One without any fault, but for what is given."""
    faultless = {
        "nature": Nature.SERVICES,
        "value": Decimal(400_000),
        "mode": mode("tryb-podstawowy-1"),
        "price_weight": 60,
        "deadline_at": datetime(2026, 12, 11, 9, tzinfo=UTC),
        "contact_email": "zamowienia@example.pl",
    }
    return Notice(**faultless | given)


def found(order=None, *, day=DAY, cpv=("90910000",), clauses=(), parts=(), checks=NOTICE_CHECKS):
    codes = list(CpvCode.objects.filter(pk__in=cpv))
    facts = Facts(
        order=order or notice(),
        rules=Rules(day),
        group=BuyerGroup.LOCAL,
        cpv=codes,
        clauses=list(clauses),
        parts=list(parts),
        periods=list(OfferPeriod.objects.on(day)),
        groups={group.code: group for group in ClauseGroup.objects.on(day)},
        social_cpv=social_cpv(codes),
    )
    return checks_of(facts, checks)


def codes(checks):
    return [check.code for check in checks]


def part(value):
    return NoticePart(number=1, subject="Część", value=value)


def at(day, hour=9):
    return datetime(2026, 12, day, hour, tzinfo=UTC)


def test_a_faultless_order_has_nothing_to_say():
    assert found(clauses=[clause("art96", **GOOD_CLAUSE)]) == []


# What is wrong, in a function because rows of the dictionaries are needed → (code, severity, field, article).
TABLE = {
    "no value": (
        lambda: found(notice(value=None)),
        ("value_missing", HINT, "value", "art. 2 ust. 1 pkt 1 PZP"),
    ),
    "no mode": (lambda: found(notice(mode=None)), ("mode_missing", HINT, "mode", "")),
    "mode of the act for a value below it": (
        lambda: found(notice(value=Decimal("169999.99"))),
        ("mode_for_other_value", WARN, "mode", "art. 2 ust. 1 pkt 1 PZP"),
    ),
    "mode of the EU for a value below it": (
        lambda: found(notice(mode=mode("przetarg-nieograniczony"), deadline_at=datetime(2027, 2, 1, tzinfo=UTC))),
        ("mode_for_other_value", WARN, "mode", "art. 3 ust. 1 PZP"),
    ),
    "national mode for a value of the EU": (
        lambda: found(notice(value=Decimal(930_960))),
        ("mode_for_other_value", WARN, "mode", "art. 3 ust. 1 PZP"),
    ),
    "price too heavy": (
        lambda: found(notice(price_weight=61)),
        ("price_weight", WARN, "price_weight", "art. 246 ust. 2 PZP"),
    ),
    "criteria over one hundred": (
        lambda: found(clauses=[clause("art242", weight=41)]),
        ("weights_over_100", WARN, "price_weight", ""),
    ),
    "no CPV": (lambda: found(cpv=()), ("cpv_missing", HINT, "cpv", "")),
    "social services not said so": (
        lambda: found(cpv=["85311000"]),
        ("social_services", HINT, "is_social", "art. 359 PZP"),
    ),
    "parts worth something else": (
        lambda: found(parts=[part(Decimal(399_999))]),
        ("parts_value", HINT, "parts", ""),
    ),
    "no deadline": (lambda: found(notice(deadline_at=None)), ("deadline_missing", HINT, "deadline", "")),
    "deadline before the notice": (
        lambda: found(notice(deadline_at=datetime(2026, 11, 30, 9, tzinfo=UTC))),
        ("deadline_past", WARN, "deadline", ""),
    ),
    "deadline too short": (
        lambda: found(notice(deadline_at=at(7))),
        ("deadline_short", WARN, "deadline", "art. 283 PZP"),
    ),
    "nobody to ask": (lambda: found(notice(contact_email="")), ("contact_missing", HINT, "contact_email", "")),
    "share of reserved order too small": (
        lambda: found(clauses=[clause("art94", groups=["bezrobotni"], percent=Decimal("29.99"))]),
        ("reserved_share", WARN, "clause-7-percent", "art. 94 ust. 2 PZP"),
    ),
    "number of people missing": (
        lambda: found(clauses=[clause("art96", **GOOD_CLAUSE | {"people": None})]),
        ("clause_number_and_period", WARN, "clause-7-people", "art. 96 ust. 3 PZP"),
    ),
    "period missing": (
        lambda: found(clauses=[clause("art96", **GOOD_CLAUSE | {"months": None})]),
        ("clause_number_and_period", WARN, "clause-7-months", "art. 96 ust. 3 PZP"),
    ),
    "nobody is a number of people too": (
        lambda: found(clauses=[clause("art96", **GOOD_CLAUSE | {"people": 0})]),
        ("clause_number_and_period", WARN, "clause-7-people", "art. 96 ust. 3 PZP"),
    ),
    "no control": (
        lambda: found(clauses=[clause("art96", **GOOD_CLAUSE | {"control": ""})]),
        ("clause_control", WARN, "clause-7-control", "art. 96 ust. 4 PZP"),
    ),
    "no control of employment": (
        lambda: found(clauses=[clause("art95", activities="sprzątanie")]),
        ("clause_control", WARN, "clause-7-control", "art. 95 PZP"),
    ),
    "no groups": (
        lambda: found(clauses=[clause("art96", **GOOD_CLAUSE | {"groups": []})]),
        ("clause_groups", WARN, "clause-7-groups", "art. 96 PZP"),
    ),
    "no activities": (
        lambda: found(clauses=[clause("art95", control="Umowy.")]),
        ("clause_activities", WARN, "clause-7-activities", "art. 95 PZP"),
    ),
    "no weight": (
        lambda: found(clauses=[clause("art242")]),
        ("clause_weight", WARN, "clause-7-weight", "art. 242 ust. 2 PZP"),
    ),
    "no label": (lambda: found(clauses=[clause("art104")]), ("clause_label", WARN, "clause-7-label", "art. 104 PZP")),
    "no share": (
        lambda: found(clauses=[clause("art94", groups=["bezrobotni"])]),
        ("clause_percent", WARN, "clause-7-percent", "art. 94 PZP"),
    ),
    "a group of another article": (
        lambda: found(clauses=[clause("art96", **GOOD_CLAUSE | {"groups": ["bezdomni"]})]),
        ("clause_group", WARN, "clause-7-groups", "art. 96 PZP"),
    ),
    "clause of the act below its threshold": (
        lambda: found(
            notice(value=Decimal(1000), mode=mode("zapytanie-ofertowe")), clauses=[clause("art96", **GOOD_CLAUSE)]
        ),
        ("clause_below_threshold", HINT, "clause-7-kind", "art. 2 ust. 1 pkt 1 PZP"),
    ),
    "own preference above the threshold": (
        lambda: found(clauses=[clause("podprogowe")]),
        ("clause_above_threshold", WARN, "clause-7-kind", "art. 3 ust. 1 PZP"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLE)
def test_each_fault_is_one_check(case):
    make, expected = TABLE[case]
    [check] = make()
    assert (check.code, check.severity, check.field, check.article) == expected
    assert check.sentence.endswith(".")


@pytest.mark.parametrize(
    ("weight", "share", "days"),
    [(60, "30", 7), (55, "29.5", 5)],
)
def test_no_number_is_of_the_program_itself(weight, share, days):
    """With other rows of the rules, other orders are faultless."""
    Rule.objects.filter(kind=RuleKind.PRICE_WEIGHT).update(number=weight)
    Rule.objects.filter(kind=RuleKind.RESERVED_SHARE).update(number=Decimal(share))
    OfferPeriod.objects.filter(mode="tryb-podstawowy-1").update(days=days)
    deadline = datetime(2026, 12, 1 + days, 9, tzinfo=UTC)
    reserved = clause("art94", groups=["bezrobotni"], percent=Decimal(share))
    assert found(notice(price_weight=weight, deadline_at=deadline), clauses=[reserved]) == []
    sooner = notice(price_weight=weight + 1, deadline_at=datetime(2026, 12, days, 9, tzinfo=UTC))
    reserved.percent = Decimal(share) - Decimal("0.01")
    assert codes(found(sooner, clauses=[reserved])) == ["price_weight", "reserved_share", "deadline_short"]


def test_the_rules_are_those_of_the_day():
    """130 000 until the end of 2025, 170 000 since."""
    order = notice(value=Decimal(150_000))
    assert codes(found(order)) == ["mode_for_other_value"]
    assert "mode_for_other_value" not in codes(found(order, day=date(2025, 12, 31)))


def test_a_check_says_whether_its_rows_were_confirmed():
    [heavy] = found(notice(price_weight=90))
    assert (heavy.rule.kind, heavy.is_checked) == (RuleKind.PRICE_WEIGHT, False)
    Rule.objects.filter(kind=RuleKind.PRICE_WEIGHT).update(is_checked=True)
    assert found(notice(price_weight=90))[0].is_checked


def test_where_no_row_speaks_nothing_is_said():
    Rule.objects.all().delete()
    OfferPeriod.objects.all().delete()
    assert (
        found(notice(price_weight=100, deadline_at=at(2)), clauses=[clause("art94", groups=["wiek"], percent=1)]) == []
    )


def test_a_mode_that_was_not_there_yet():
    [check] = [one for one in found(day=date(2020, 12, 1)) if one.code == "mode_not_in_force"]
    assert check.rule.code == "tryb-podstawowy-1"


def test_an_intended_award_needs_no_deadline():
    assert found(notice(kind=NoticeKind.DIRECT, deadline_at=None)) == []


def test_an_item_of_a_plan_has_neither_deadline_nor_contact():
    item = PlanItem(nature=Nature.SERVICES, value=None, mode=None)
    checks = found(item, cpv=(), clauses=[clause("art96")], checks=ITEM_CHECKS)
    expected = ["value_missing", "mode_missing", "cpv_missing", "clause_groups", "clause_number_and_period"]
    assert codes(checks) == [*expected, "clause_control"]
