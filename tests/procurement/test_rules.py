"""Which threshold an order meets: the row of the rules that is in force on its day."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from procurement.choices import Band, BuyerGroup, Nature, RuleKind
from procurement.models import Rule
from procurement.rules.judging import Rules
from procurement.use_cases.dictionaries import load_rules

pytestmark = pytest.mark.django_db
OLD, NEW = date(2025, 12, 31), date(2026, 1, 1)


def judged(value, day=NEW, *, nature=Nature.SERVICES, group=BuyerGroup.LOCAL, is_social=False):
    return Rules(day).judge(value=Decimal(value), nature=nature, group=group, is_social=is_social)


@pytest.mark.parametrize(
    ("value", "day", "band"),
    [
        ("129999.99", OLD, Band.BELOW),
        ("130000", OLD, Band.NATIONAL),
        ("130000", NEW, Band.BELOW),
        ("169999.99", NEW, Band.BELOW),
        ("170000", NEW, Band.NATIONAL),
        ("930959.99", NEW, Band.NATIONAL),
        ("930960", NEW, Band.EU),
    ],
)
def test_the_threshold_is_that_of_the_day(value, day, band):
    assert judged(value, day).band == band


def test_works_the_government_and_social_services_have_thresholds_of_their_own():
    assert judged("930960", nature=Nature.WORKS).band == Band.NATIONAL
    assert judged("23291240", nature=Nature.WORKS).band == Band.EU
    assert judged("603400", group=BuyerGroup.GOVERNMENT).band == Band.EU
    assert judged("3232499.99", is_social=True).band == Band.NATIONAL
    assert judged("3232500", is_social=True).band == Band.EU


def test_a_judgement_says_which_row_made_it_and_whether_anybody_has_checked_it():
    below, above = judged("1000"), judged("1000000")
    assert (below.rule.kind, below.threshold, below.is_checked) == (RuleKind.ACT_THRESHOLD, Decimal(170_000), True)
    assert (above.rule.kind, above.threshold, above.is_checked) == (RuleKind.EU_THRESHOLD, Decimal("930960.00"), False)


@pytest.mark.parametrize("case", [{"day": date(2019, 5, 1)}, {"nature": ""}])
def test_what_no_row_covers_is_not_judged(case):
    assert judged("500000", **case).band == ""


def test_without_a_value_nothing_is_judged():
    judgement = Rules(NEW).judge(value=None, nature=Nature.SERVICES, group=BuyerGroup.LOCAL)
    assert (judgement.band, judgement.rule) == ("", None)


def test_two_rows_for_one_thing_on_one_day_are_refused():
    row = Rule.objects.get(kind=RuleKind.ACT_THRESHOLD, valid_until=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rule.objects.create(kind=row.kind, number=1, valid_from=date(2027, 1, 1), legal_basis="art. 2")


def test_a_file_adds_and_ends_rows_and_leaves_what_was_corrected():
    row = Rule.objects.get(kind=RuleKind.ACT_THRESHOLD, valid_until=None)
    Rule.objects.filter(pk=row.pk).update(number=175_000, is_checked=True)
    same = {"kind": row.kind, "nature": "", "buyer_group": "", "is_social": "0", "legal_basis": "art. 2", "source": ""}
    ended = same | {"number": "170000", "valid_from": "2026-01-01", "valid_until": "2028-01-01", "is_checked": "0"}
    added = same | {"number": "200000", "valid_from": "2028-01-01", "valid_until": "", "is_checked": "0"}
    load_rules([dict(ended), dict(added)])
    load_rules([dict(ended), dict(added)])
    row.refresh_from_db()
    assert (row.number, row.valid_until, row.is_checked) == (175_000, date(2028, 1, 1), True)
    assert Rule.objects.filter(kind=row.kind, valid_from=date(2028, 1, 1)).count() == 1
