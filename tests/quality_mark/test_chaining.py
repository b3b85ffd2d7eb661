"""Renewals: the path that the rules choose, and licences that follow one another without an accidental gap."""

from datetime import date

import pytest

from accounts.choices import Role
from core.exceptions import Refused
from quality_mark.choices import ApplicationKind, ApplicationState, MarkState, SignedBy, Standing
from quality_mark.models import Agreement, Application, Licence, Mark, MarkStep, RequiredPaper
from quality_mark.office.buttons import buttons
from quality_mark.register.chaining import known_start
from quality_mark.register.standing import on_day
from quality_mark.use_cases import agreements, assigning, licensing
from quality_mark.use_cases.nightly import turn_marks
from tests.accounts.factories import account
from tests.quality_mark import judging, office
from tests.quality_mark.marks import TERMS, at, marked, renewal

pytestmark = pytest.mark.django_db
A = ApplicationState


def granted_renewal(**rules):
    """A mark whose last day is 28 February 2027; its renewal, filed in time, is granted and signed by the holder."""
    mark = marked(date(2026, 3, 1), **{f"rulebook__{name}": value for name, value in (TERMS | rules).items()})
    filed = at(2027, 2, 20, 12)
    one = renewal(mark, A.GRANTED, submitted_at=filed, complete_at=at(2027, 2, 22, 12), decided_at=at(2027, 2, 25, 12))
    MarkStep.objects.create(
        mark=mark, name="file_renewal", source="active", target="renewal_submitted", role="x", at=filed
    )
    Mark.objects.update(state=MarkState.RENEWAL_SUBMITTED)
    agreements.prepare(application_id=one.pk, now=at(2027, 2, 26, 9))
    signed = at(2027, 2, 26, 10)
    Agreement.objects.update(holder_signed_at=signed, holder_signed_by=SignedBy.DECLARATION, signed_name="Anna Lis")
    return one


def second_licence(one, now):
    return licensing.countersign(application_id=one.pk, actor=account(Role.COORDINATOR), now=now).granted_on


@pytest.mark.parametrize("nights", [True, False])
@pytest.mark.parametrize(
    ("stays", "begins"),
    [(True, date(2027, 3, 1)), (False, date(2027, 3, 9)), (None, date(2027, 3, 9))],
)
def test_a_gap_comes_from_the_rules_and_never_from_the_night_job(nights, stays, begins):
    one = granted_renewal(valid_while_renewed=stays)
    if nights:
        for day in (1, 2, 9):
            turn_marks(now=at(2027, 3, day, 0, 1))
    assert second_licence(one, at(2027, 3, 9, 10)) == begins
    mark = Mark.objects.told().get()
    assert (mark.state, mark.valid_until.isoformat()[:8]) == (MarkState.ACTIVE, "2028-02-" if stays else "2028-03-")
    between = on_day(mark, date(2027, 3, 5)).status
    assert between == (Standing.VALID if stays else Standing.EXPIRED)


@pytest.mark.parametrize("day", [date(2027, 2, 27), date(2027, 2, 28), date(2027, 3, 1)])
def test_signing_around_the_last_day_leaves_no_day_out_and_counts_none_twice(day):
    one = granted_renewal()
    assert second_licence(one, at(day.year, day.month, day.day, 23, 30)) == date(2027, 3, 1)
    first, second = Licence.objects.all()
    assert (first.valid_until, second.valid_until) == (date(2027, 2, 28), date(2028, 2, 29))


def test_a_suspension_over_the_last_day_makes_no_gap_while_the_renewal_runs():
    one = granted_renewal()
    mark = Mark.objects.get()
    MarkStep.objects.create(
        mark=mark, name="suspend", source="renewal_submitted", target="suspended", role="x", at=at(2027, 2, 26, 12)
    )
    Mark.objects.update(state=MarkState.SUSPENDED)
    turn_marks(now=at(2027, 3, 5, 0, 1))
    assert Mark.objects.get().state == MarkState.SUSPENDED
    assert on_day(Mark.objects.told().get(), date(2027, 3, 5)).status == Standing.SUSPENDED
    counted = Mark.objects.standing_on(date(2027, 3, 5)).values_list("standing", flat=True)
    assert list(counted) == [Standing.SUSPENDED]
    with pytest.raises(Refused, match="zawieszony"):
        second_licence(one, at(2027, 3, 6, 10))


def test_the_agreement_names_only_days_that_are_sure():
    one = granted_renewal()
    assert known_start(one, date(2027, 2, 26)) == (date(2027, 3, 1), True)
    assert known_start(one, date(2027, 3, 9)) == (date(2027, 3, 1), True)
    other = granted_renewal(valid_while_renewed=False)
    assert known_start(other, date(2027, 2, 26)) == (date(2027, 3, 1), False)
    assert known_start(other, date(2027, 3, 9)) == (None, False)


def a_renewal(**rules):
    book = judging.rules(**rules)
    mark = marked(rulebook=book)
    return renewal(mark, A.FORMAL_OK, complete_at=at(2026, 11, 20, 9))


def test_a_short_renewal_goes_to_the_commission_and_not_to_assessors():
    clerk, case = account(Role.COORDINATOR), a_renewal(renewal_is_short=True)
    people = judging.assessors()
    with pytest.raises(Refused, match="bez ponownej oceny"):
        assigning.assign(application_id=case.pk, assessor_ids=[one.pk for one in people], actor=clerk, now=judging.NOW)
    assert {one["label"] for one in buttons(case, now=judging.NOW)} >= {"Przekaż Kapitule bez oceny merytorycznej"}
    page = office.signed_in(clerk).get(office.address("assigning_case", case)).content.decode()
    assert "Przydziel oceniających" not in page
    assert (
        "Różnice od poprzedniego wniosku" in office.signed_in(clerk).get(office.address("case", case)).content.decode()
    )
    office.signed_in(clerk).post(office.address("assigning_case", case), {"co": "skrot"})
    assert Application.objects.get(pk=case.pk).state == A.COMMISSION


def test_a_renewal_is_assessed_anew_when_the_rules_say_so():
    clerk, case = account(Role.COORDINATOR), a_renewal(renewal_is_short=False)
    with pytest.raises(Refused, match="jeśli zasady tak mówią"):
        assigning.shorten(application_id=case.pk, actor=clerk, now=judging.NOW)
    labels = {one["label"] for one in buttons(case, now=judging.NOW)}
    assert "Przekaż do oceny merytorycznej" in labels
    assert "Przekaż Kapitule bez oceny merytorycznej" not in labels
    assert len(judging.assigned(case, judging.assessors(), clerk)) == 2


def test_a_renewal_asks_only_for_the_papers_of_a_renewal():
    book = judging.RulebookFactory(announced=False)
    for code, again in (("wyciag", False), ("przychody", True)):
        RequiredPaper.objects.create(rulebook=book, code=code, title=f"Papier {code}", for_renewal=again)
    one = renewal(marked(rulebook=book), A.DRAFT, number="")
    assert one.kind == ApplicationKind.RENEWAL
    assert [paper.code for paper in one.papers_asked] == ["przychody"]
    person = account(Role.REPRESENTATIVE, organisation=one.offer.organisation)
    page = office.signed_in(person).get(office.address("papers", one)).content.decode()
    assert "Papier przychody" in page
    assert "Papier wyciag" not in page
