"""An offer has one application in course and one living mark, also when a complaint brings back what was over."""

from datetime import date, timedelta

import pytest

from accounts.choices import Role
from core.exceptions import Refused
from quality_mark.choices import ApplicationState as A
from quality_mark.choices import Ground, MarkState, Outcome
from quality_mark.models import Application, Complaint, Mark
from quality_mark.use_cases import agreements, complaints, licensing, supervision
from tests.accounts.factories import account
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.quality_mark.judging_pages import browser, url
from tests.quality_mark.marks import granted, marked, renewal

pytestmark = pytest.mark.django_db


@pytest.fixture
def director():
    return account(Role.DIRECTOR)


@pytest.mark.parametrize(("is_complete", "state"), [(False, A.FORMAL_CHECK), (True, A.COMMISSION)])
def test_what_was_refused_before_it_was_complete_goes_back_to_the_formal_check(director, is_complete, state):
    case = ApplicationFactory(state=A.REFUSED, complete_at=NOW - timedelta(days=5) if is_complete else None)
    complaint = Complaint.objects.create(application=case, text="Nie.", filed_at=NOW)
    given = {"outcome": Outcome.UPHELD, "answer": "Racja."}
    answer = browser(director).post(url("complaint_desk", complaint.pk), given)
    assert (answer.status_code, Application.objects.get(pk=case.pk).state) == (302, state)


@pytest.mark.parametrize("state", [A.REFUSED, A.LEFT_UNEXAMINED])
def test_an_upheld_complaint_waits_while_the_offer_has_begun_anew(director, state):
    case = ApplicationFactory(state=state)
    complaint = Complaint.objects.create(application=case, text="Nie.", filed_at=NOW)
    draft = ApplicationFactory(offer=case.offer, rulebook=case.rulebook)
    page = url("complaint_desk", complaint.pk)
    answer = browser(director).post(page, {"outcome": Outcome.UPHELD, "answer": "Racja."})
    assert (answer.status_code, "już otwarty inny wniosek" in answer.text) == (422, True)
    complaint.refresh_from_db()
    assert (complaint.decided_at, Application.objects.get(pk=case.pk).state) == (None, state)
    Application.objects.filter(pk=draft.pk).update(state=A.WITHDRAWN, decided_at=NOW)
    complaints.decide(complaint_id=complaint.pk, outcome=Outcome.UPHELD, answer="Racja.", actor=director, now=NOW)
    assert Application.objects.get(pk=case.pk).state in A.running()


def test_a_mark_that_was_taken_away_does_not_come_back_beside_a_new_one(director):
    old = marked(number="ZP/2025/001")
    supervision.revoke(mark_id=old.pk, reason="x", public_note="x", ground=Ground.REQUEST, actor=director, now=NOW)
    # The rest of the time that was taken away is free for a new one.
    new = granted(number="ZP/2025/002", offer=old.offer, rulebook=old.licences.get().application.rulebook)
    licence = licensing.countersign(application_id=new.pk, actor=account(Role.COORDINATOR), now=NOW)
    assert licence.granted_on < old.valid_until
    answer = browser(director).post(url("mark_step", old.pk, "unrevoke"), {"note": "Racja."})
    assert (answer.status_code, "ma już inny znak" in answer.text) == (422, True)
    assert Mark.objects.get(pk=old.pk).state == MarkState.REVOKED


def test_no_second_mark_is_licensed_beside_one_that_came_back(director):
    case = granted()
    marked(number="ZP/2025/001", offer=case.offer, rulebook=case.rulebook)
    with pytest.raises(Refused, match="ma już inny znak"):
        licensing.countersign(application_id=case.pk, actor=account(Role.COORDINATOR), now=NOW)
    assert (Mark.objects.count(), Application.objects.get(pk=case.pk).state) == (1, A.GRANTED)


def test_a_late_renewal_does_not_bring_a_mark_back_beside_a_new_one(director):
    old = marked(date(2025, 3, 1), number="ZP/2025/001")
    Mark.objects.filter(pk=old.pk).update(state=MarkState.EXPIRED)
    late = renewal(old, A.GRANTED, number="ZP/2025/090")
    marked(number="ZP/2025/002", offer=old.offer, rulebook=late.rulebook)
    agreement = agreements.prepare(application_id=late.pk, now=NOW)
    type(agreement).objects.filter(pk=agreement.pk).update(
        holder_signed_at=NOW, holder_signed_by="oswiadczenie", signed_name="Anna Lis"
    )
    with pytest.raises(Refused, match="ma już inny znak"):
        licensing.countersign(application_id=late.pk, actor=account(Role.COORDINATOR), now=NOW)
