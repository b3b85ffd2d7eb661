"""Figures of the mark: what they count, the page with charts and tables, the workbook."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from accounts.choices import Role
from quality_mark.choices import ApplicationState
from quality_mark.models import FormalCriterion, Step, Verdict
from quality_mark.register import figures
from quality_mark.use_cases import licensing
from tests.accounts.factories import account
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.quality_mark.marks import at, granted, marked, renewal
from tests.quality_mark.office import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
PAGE, FILE = "/panel/znak/statystyki/", "/panel/znak/statystyki/eksport.xlsx"


def moved(application, *steps):
    """Rows of the log: (name, target, days after the first)."""
    for name, target, days in steps:
        Step.objects.create(
            application=application, name=name, source="x", target=target, role="x", at=at(2026, 3, 2, 12) +
            timedelta(days=days), note="Bez rekomendacji." if name == "refuse" else "",
        )  # fmt: skip


@pytest.fixture
def refused():
    one = ApplicationFactory(
        state=ApplicationState.REFUSED, submitted_at=at(2026, 3, 2, 12), decided_at=at(2026, 5, 1, 12)
    )
    moved(one, ("submit", "submitted", 0), ("take", "formal_check", 4), ("refuse", "refused", 14))
    criterion = FormalCriterion.objects.filter(rulebook=one.rulebook).first()
    Verdict.objects.create(application=one, criterion=criterion, is_met=False, at=NOW)
    return one


def test_years_tell_new_marks_from_renewed_ones(refused):
    licensing.countersign(application_id=granted().pk, actor=account(Role.COORDINATOR), now=NOW)
    mark = marked(number="ZP/2026/900")
    renewal(mark, ApplicationState.WITHDRAWN, submitted_at=at(2027, 1, 3, 9), decided_at=at(2027, 1, 4, 9))
    assert figures.by_year() == [(2027, 1, 1, 0, 0, 0, 0, 1), (2026, 3, 0, 2, 0, 1, 0, 0)]


def test_an_hour_of_warsaw_decides_about_the_year():
    ApplicationFactory(state=ApplicationState.SUBMITTED, submitted_at=at(2027, 1, 1, 0, 30))
    assert [row[:2] for row in figures.by_year()] == [(2027, 1)]


def test_times_in_states_are_measured_from_step_to_step(refused):
    other = ApplicationFactory(state=ApplicationState.FORMAL_CHECK)
    moved(other, ("submit", "submitted", 0), ("take", "formal_check", 1))
    assert figures.time_in_states() == [
        ("złożony, czeka na przyjęcie", 2, 2.5, 2.5, 4.0), ("w ocenie formalnej", 1, 10.0, 10.0, 10.0),
    ]  # fmt: skip
    assert figures.time_in_states(2025) == []


def test_refusals_tell_their_reasons_and_the_criteria_that_were_not_met(refused):
    moved(refused, ("leave", "left_unexamined", 20))
    assert figures.refusals() == [
        ("Odmów", 1, 0, ["Bez rekomendacji."]), ("Pozostaw bez rozpatrzenia", 1, 1, []),
    ]  # fmt: skip
    [(title, count)] = figures.unmet_criteria(2026)
    assert (title, count) == (FormalCriterion.objects.filter(rulebook=refused.rulebook).first().title, 1)
    assert figures.unmet_criteria(2025) == figures.refusals(2025) == []


def test_who_has_no_county_is_counted_too(refused):
    institution = refused.offer.organisation.institution
    type(institution).objects.filter(pk=institution.pk).update(county=None, municipality=None)
    assert figures.by_county() == [(figures.MISSING, 1, 0)]
    assert sum(row[1] for row in figures.by_kind(2026)) == 1


def test_the_page_has_a_table_beside_each_chart_and_the_file_has_its_rows(refused):
    office = signed_in(account(Role.COORDINATOR))
    page = office.get(PAGE).content.decode()
    assert page.count('<figure class="chart">') == page.count("<table") == 6
    assert "Bez rekomendacji." in page
    book = load_workbook(io.BytesIO(office.get(f"{FILE}?rok=2026").content))
    assert book.sheetnames[0] == "Według lat"
    assert [cell.value for cell in book["Według lat"][2]][:2] == [2026, 1]
    assert [cell.value for cell in book["Powody"][2]][2:] == ["Odmów", "Bez rekomendacji."]
    assert book["Ile trwają stany"]["C2"].value == 4


@pytest.mark.parametrize("year", ["1999", "x", "9" * 5000, "%E2%98%83"])
def test_a_year_without_anything_finds_nothing_and_is_named(refused, year):
    office = signed_in(account(Role.COORDINATOR))
    page = office.get(f"{PAGE}?rok={year}")
    assert (page.status_code, "Nie ma danych z roku" in page.content.decode()) == (200, True)
    assert office.get(f"{FILE}?rok={year}").status_code == 400


@pytest.mark.parametrize("count", [1, 30])
def test_the_figures_ask_as_often_for_thirty_as_for_one(count, django_assert_num_queries):
    for _ in range(count):
        ApplicationFactory(state=ApplicationState.REFUSED)
    office = signed_in(account(Role.COORDINATOR))
    office.get(PAGE)
    with django_assert_num_queries(12):
        office.get(PAGE)


def test_without_applications_it_says_so():
    office = signed_in(account(Role.DIRECTOR))
    assert "Nie ma jeszcze wniosków" in office.get(PAGE).content.decode()
    assert office.get(FILE).status_code == 200
