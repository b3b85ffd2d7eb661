"""How many orders, with which clauses, who won: what is missing is missing, and parts add up to the whole."""

from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import add
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Count

from procurement.choices import Kept, NoticeKind, NoticeState, Outcome
from procurement.figures.clauses import lines_by_clause
from procurement.figures.lines import Known, Line, lines_by, rolled, total
from procurement.figures.orders import GROUPS, orders
from procurement.models import Award, Clause, ClauseKind, NoticePart, OrderingUnit, Performance, PostingEntry
from procurement.use_cases.demo.seed import seed_orders
from registry.use_cases.demo.seed import seed_organisations
from tests.accounts.factories import authority
from tests.procurement.factories import NoticeFactory
from tests.procurement.orders import refresh
from tests.registry.factories import NOW

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")


def clause(notice, code, **data):
    return Clause.objects.create(notice=notice, kind=ClauseKind.objects.get(code=code), **data)


def award(notice, **given):
    given = {"supplier_name": "Przykład", "decided_on": date(2026, 5, 1), "value": Decimal(100)} | given
    return Award.objects.create(notice=notice, **given)


def counts(code):
    return next(line.orders for line in lines_by_clause(orders()) if line.code == code)


@pytest.mark.parametrize("state", [NoticeState.DRAFT, NoticeState.SCHEDULED, NoticeState.WITHDRAWN])
def test_what_visitors_do_not_see_is_not_counted(state):
    NoticeFactory(state=state, value=Decimal(1000), publish_at=NOW)
    assert total(orders()) == Line()


def test_what_is_no_order_yet_or_no_more_is_not_counted():
    NoticeFactory(kind=NoticeKind.CONSULTATION)
    NoticeFactory(kind=NoticeKind.PRIOR)
    NoticeFactory(state=NoticeState.CANCELLED)
    assert total(orders()).orders == 0
    assert orders().model.objects.count() == 3


def test_missing_values_are_missing_and_hidden_ones_stay_hidden():
    NoticeFactory(value=Decimal(1000))
    NoticeFactory(value=None)
    NoticeFactory(value=Decimal(5000), value_is_public=False)
    line = total(orders())
    assert line.value == Known(Decimal(1000), known=1, of=3)
    assert line.clause_value == Known(None, 0, 0)
    assert total(orders().filter(value=None)).value == Known(None, known=0, of=1)


def test_the_county_is_that_of_the_list():
    """Without a place it is the buyer's seat; a place that is told only in words lies in none."""
    seat = NoticeFactory()
    code = seat.authority.institution.county_id
    NoticeFactory(place="Praga")
    NoticeFactory(municipality_id="0208021", authority=seat.authority)
    assert list(orders().in_county(code)) == [seat]
    assert {key: line.orders for (key,), line in lines_by(orders(), "powiat").items()} == {code: 1, None: 1, "0208": 1}
    refresh()
    listed = dict(PostingEntry.objects.values_list("county").annotate(Count("pk")).order_by())
    assert listed == {code: 1, None: 1, "0208": 1}


def test_promises_of_which_nobody_has_spoken_are_no_zero_in_the_workbook():
    notice = NoticeFactory()
    clause(notice, "art95")
    given = award(notice)
    line = total(orders())
    assert (line.known_partly, line.known_not_kept) == (None, None)
    Performance.objects.create(award=given, reported_on=date(2026, 6, 1), kept=Kept.YES)
    line = total(orders())
    assert (line.known_partly, line.known_not_kept) == (0, 0)


def test_an_order_with_several_clauses_is_one_order_and_counts_under_each():
    notice = NoticeFactory(value=Decimal(1000))
    for code in ("art96", "art95", "art96"):
        clause(notice, code)
    NoticeFactory(value=Decimal(500))
    line = total(orders())
    assert (line.orders, line.with_clause, line.value.value, line.clause_value.value) == (2, 1, 1500, 1000)
    assert (counts("art96"), counts("art95"), counts("art94")) == (1, 1, 0)
    by_code = {line.code: line.value for line in lines_by_clause(orders())}
    assert (by_code["art96"], by_code["art94"]) == (Known(Decimal(1000), 1, 1), Known())


def test_parts_with_winners_of_their_own_are_contracts_of_one_order():
    notice = NoticeFactory(value=Decimal(1000), state=NoticeState.CONCLUDED)
    clause(notice, "art96", people=2)
    for number, was_pes in enumerate((True, False, None), 1):
        part = NoticePart.objects.create(notice=notice, number=number, subject="część", value=Decimal(300))
        award(notice, part=part, was_pes=was_pes, was_ps=was_pes, value=Decimal(number * 100))
    award(NoticeFactory(), outcome=Outcome.ANNULLED, supplier_name="", reason="brak ofert", value=None)
    line = total(orders())
    assert (line.orders, line.value.value, line.awards, line.award_value.value) == (2, 1000, 3, 600)
    assert line.pes == line.ps == Known(1, known=2, of=3)
    assert line.pes_value == Known(Decimal(100), known=1, of=1)
    assert line.mark == Known(None, known=0, of=3)


def test_people_are_those_of_the_newest_report_and_unsaid_ones_are_missing():
    notice, silent = NoticeFactory(), NoticeFactory()
    for one in (notice, silent, NoticeFactory()):
        given = award(one, people_planned=3 if one is notice else None)
        if one is not silent:
            Performance.objects.create(award=given, reported_on=date(2026, 6, 1), people_employed=5)
        if one is notice:
            clause(one, "art96", people=3)
            Performance.objects.create(
                award=given, reported_on=date(2026, 5, 1), people_employed=2, is_final=True, kept=Kept.PARTLY
            )
            Performance.objects.create(award=given, reported_on=date(2026, 7, 1), note="bez liczb")
    clause(silent, "art96", people=1)
    line = total(orders())
    assert line.people_planned == Known(3, known=1, of=2)
    # The third contract obliges nobody to employ people: what it reports is no kept promise of a clause.
    assert line.people_employed == Known(2, known=1, of=2)
    assert (line.kept, line.partly, line.not_kept) == (Known(0, known=1, of=2), 1, 0)


def test_the_year_is_that_of_the_polish_clock():
    NoticeFactory(published_at=datetime(2026, 1, 1, 0, 30, tzinfo=WARSAW))
    assert (orders().in_year(2025).count(), orders().in_year(2026).count()) == (0, 1)


def test_the_county_is_the_place_of_performance_or_else_the_seat():
    here = authority(county_id="0264", municipality_id="0264011")
    NoticeFactory(authority=here, county_id="0219")
    NoticeFactory(authority=here)
    NoticeFactory(authority=authority(county_id=None, municipality_id=None))
    assert {key: line.orders for key, line in lines_by(orders(), "powiat").items()} == {
        ("0219",): 1,
        ("0264",): 1,
        (None,): 1,
    }
    assert [orders().in_county(code).count() for code in ("0219", "0264")] == [1, 1]


def test_the_division_is_that_of_the_main_code():
    notice = NoticeFactory(cpv=["90910000", "55520000"])
    NoticeFactory()
    assert {key: line.orders for key, line in lines_by(orders(), "dzial").items()} == {("90",): 1, (None,): 1}
    assert list(orders().in_division("90")) == [notice]
    assert not orders().in_division("55").exists()


@pytest.fixture
def demo():
    seed_organisations(count=30, seed=3, now=NOW)
    seed_orders(seed=3, now=NOW)


def test_in_every_grouping_the_parts_add_up_to_the_whole(demo):
    whole = total(orders())
    assert whole.orders > 100
    assert all([whole.pes.missing, whole.people_employed.missing, whole.value.missing])
    cube = lines_by(orders(), *GROUPS)
    for place, group in enumerate(GROUPS):
        parts = lines_by(orders(), group)
        assert rolled(cube, place) == {key: line for (key,), line in parts.items()}
        summed = reduce(add, parts.values())
        for one in fields(Line):
            assert getattr(summed, one.name) == getattr(whole, one.name), (group, one.name)


def test_chained_sets_are_the_parts_of_the_lines(demo):
    for (key,), line in lines_by(orders().in_year(2026), "powiat").items():
        if key:
            assert total(orders().in_year(2026).in_county(key)) == line
    for (key,), line in lines_by(orders(), "dzial").items():
        if key:
            assert total(orders().in_division(key)) == line


@pytest.mark.parametrize("rows", [1, 30])
def test_two_statements_whatever_the_number_of_groups(rows, django_assert_num_queries):
    for number in range(rows):
        place = authority()
        notice = NoticeFactory(authority=place, unit=OrderingUnit.objects.create(authority=place, name=str(number)))
        award(notice)
    with django_assert_num_queries(2):
        assert sum(line.orders for line in lines_by(orders(), *GROUPS).values()) == rows
    with django_assert_num_queries(2):
        lines_by_clause(orders())
    with django_assert_num_queries(2):
        total(orders())
