"""The clock of the procedure stands while the applicant is asked something in the middle of judging."""

from datetime import timedelta

import pytest

from accounts.choices import Role
from quality_mark.applying.progress import next_of
from quality_mark.choices import Actor
from quality_mark.choices import ApplicationState as A
from quality_mark.deadlines import procedure_ends
from quality_mark.decisions.silence import late
from quality_mark.models import Application
from quality_mark.office.clock import clock_of
from quality_mark.use_cases import deciding
from quality_mark.use_cases.messages import write
from quality_mark.use_cases.moving import advance
from tests.accounts.factories import account
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW
from tests.quality_mark.office import applicant_of

pytestmark = pytest.mark.django_db
# Two weeks: the last day stays the same day of the week.
FORTNIGHT, YEAR = timedelta(days=14), timedelta(days=365)


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


@pytest.fixture
def case(clerk):
    """Complete ten days ago, before the commission; the office has just asked for more."""
    made = judging.case(A.COMMISSION)
    Application.objects.filter(pk=made.pk).update(complete_at=NOW - timedelta(days=10))
    made.before = procedure_ends(Application.objects.get(pk=made.pk), now=NOW)
    deciding.ask_for_more(application_id=made.pk, reason="Jakie maszyny?", role=Actor.CLERK, actor=clerk, now=NOW)
    return made


def read(case):
    return Application.objects.get(pk=case.pk)


def test_it_stands_until_the_applicant_answers(case, clerk):
    asked = read(case)
    assert (asked.state, asked.due_at, clock_of(asked, now=NOW).stands) == (A.ASSESSMENT, None, True)
    assert next_of(asked, now=NOW)[0] == "wnioskodawca"
    assert not Application.objects.filter(late(NOW + YEAR), pk=case.pk).exists()
    write(application_id=case.pk, text="Czy wiadomo?", is_of_office=True, actor=clerk, now=NOW + FORTNIGHT / 2)
    assert read(case).due_at is None
    write(
        application_id=case.pk, text="Dwie pralki.", is_of_office=False, actor=applicant_of(case), now=NOW + FORTNIGHT
    )  # fmt: skip
    answered = read(case)
    assert clock_of(answered, now=NOW + FORTNIGHT).stands is False
    assert next_of(answered, now=NOW)[0] == "oceniający"
    assert answered.due_at - case.before == FORTNIGHT
    assert Application.objects.filter(late(NOW + YEAR), pk=case.pk).exists()


def test_the_office_that_waits_no_longer_starts_it_too(case, clerk):
    advance(application_id=case.pk, step="put", role=Actor.CLERK, actor=clerk, now=NOW + FORTNIGHT)
    assert read(case).due_at - case.before == FORTNIGHT
    assert not read(case).pauses.filter(until=None).exists()


def test_an_answer_to_nothing_moves_no_deadline(case, clerk):
    person = applicant_of(case)
    for days in (14, 20):
        write(
            application_id=case.pk, text=f"Dzień {days}", is_of_office=False, actor=person,
            now=NOW + timedelta(days=days),
        )  # fmt: skip
    assert read(case).due_at - case.before == FORTNIGHT
