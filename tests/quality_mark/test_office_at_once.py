"""Two people press in the same moment: one moves the case, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from core.exceptions import Refused
from quality_mark.applying import steps
from quality_mark.choices import ApplicationState
from quality_mark.models import Step
from quality_mark.use_cases import applying, calling, checking, overdue
from tests.events.threads import apart, held, until_waiting
from tests.quality_mark.office import applicant_of, called, case_in, checked, clerk

pytestmark = pytest.mark.django_db(transaction=True)
A = ApplicationState


def side_by_side(first, given, second, then):
    """(What the first verb gave, the refusal of the second), begun while the transaction of the first is open."""
    go = Event()
    kept = held(first, go)
    with ThreadPoolExecutor(2) as threads:
        one = threads.submit(apart, kept, **given)
        kept.ready.wait(timeout=20)
        other = threads.submit(apart, second, **then)
        until_waiting(1, other)
        go.set()
        return one.result(), other.exception()


def test_of_two_coordinators_one_takes_the_case_and_the_other_is_told():
    ola, ewa, case = clerk(), clerk("ewa@example.pl"), case_in(A.SUBMITTED)
    pressed = {"application_id": case.pk}
    taken, refused = side_by_side(checking.take, pressed | {"actor": ola}, checking.take, pressed | {"actor": ewa})
    assert taken.handled_by == ola
    assert isinstance(refused, Refused)
    assert "prowadzi już ola@example.pl" in str(refused)
    assert Step.objects.count() == 1


def test_what_is_mended_while_the_application_is_withdrawn_is_refused():
    ola = clerk()
    case = checked(ola)
    person = applicant_of(case)
    called(case, ola)
    withdrawn, refused = side_by_side(
        applying.withdraw,
        {"application_id": case.pk, "actor": person},
        applying.save,
        {"application_id": case.pk, "step": steps.AIM, "typed": {"aim": "x"}, "seen": {}, "actor": person},
    )
    assert withdrawn.state == A.WITHDRAWN
    assert "nie można teraz zmieniać" in str(refused)
    case.refresh_from_db()
    assert case.answers[steps.AIM]["aim"] == "praca"


def test_two_clocks_leave_an_application_once():
    ola = clerk()
    case = checked(ola)
    applicant_of(case)
    called(case, ola)  # long ago by the clock of this machine
    calling.Application.objects.filter(pk=case.pk).update(due_at=case.submitted_at)
    pressed = {"application_id": case.pk}
    left, refused = side_by_side(overdue.leave, pressed, overdue.leave, pressed)
    assert (left.state, refused) == (A.LEFT_UNEXAMINED, None)
    assert Step.objects.filter(name="leave").count() == 1
