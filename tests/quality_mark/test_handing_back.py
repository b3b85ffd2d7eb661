"""What was handed on too early comes back, with a reason in the log, as long as nobody has acted on it."""

import pytest

from accounts.choices import Role
from core.exceptions import Refused
from quality_mark.choices import ApplicationState as A
from quality_mark.models import AgendaItem, Application
from quality_mark.use_cases import assessing, assigning, taking_back, votes
from tests.accounts.factories import account, hold
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW
from tests.quality_mark.judging_pages import browser, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


def back(case, step, clerk, reason="Za wcześnie."):
    return taking_back.take_back(application_id=case.pk, step=step, reason=reason, actor=clerk, now=NOW)


def assessed(clerk):
    case = judging.case()
    for one in judging.assigned(case, judging.assessors(), clerk).values():
        judging.scored(one, 4, 4)
    assigning.put(application_id=case.pk, actor=clerk, now=NOW)
    return case


def test_a_case_comes_back_from_its_assessors_and_they_may_be_asked_again(clerk):
    case, people = judging.case(), judging.assessors()
    one, _ = judging.assigned(case, people, clerk).values()
    moved = back(case, "unassign", clerk)
    assert (moved.state, moved.latest.note, moved.latest.actor) == (A.FORMAL_OK, "Za wcześnie.", clerk)
    with pytest.raises(Refused, match="nie jest teraz w ocenie"):
        assessing.save(assessment_id=one.pk, scores={}, actor=one.assessor, now=NOW)
    assert case.number not in browser(one.assessor).get(url("assessments")).text
    again = judging.assigned(case, people, clerk)
    assert len(again) == 2
    assert case.assessments.filter(left_at=None).count() == 2


def test_once_an_assessment_is_sent_the_case_stays_with_its_assessors(clerk):
    case = judging.case()
    one, _ = judging.assigned(case, judging.assessors(), clerk).values()
    judging.scored(one, 4, 4)
    with pytest.raises(Refused, match="wysłał już ocenę"):
        back(case, "unassign", clerk)
    assert case.assessments.filter(left_at=None).count() == 2


def test_a_case_comes_back_from_the_commission_off_its_agenda_with_every_score(clerk):
    case = assessed(clerk)
    term, members = judging.commission_of(clerk)
    judging.sitting_with(term, [case], clerk, members=members)
    assert back(case, "unput", clerk).state == A.ASSESSMENT
    assert not AgendaItem.objects.exists()
    assigning.put(application_id=case.pk, actor=clerk, now=NOW)
    assert Application.objects.get().state == A.COMMISSION


def test_a_renewal_that_went_short_comes_back_to_the_office(clerk):
    case = judging.case(A.COMMISSION)
    case.steps.create(name="shorten", source=A.FORMAL_OK, target=A.COMMISSION, role="biuro", actor=clerk, at=NOW)
    with pytest.raises(Refused, match="wydarzyło"):
        back(case, "unput", clerk)
    assert back(case, "unshorten", clerk).state == A.FORMAL_OK


def test_once_a_vote_is_opened_the_case_stays_with_the_commission(clerk):
    case = assessed(clerk)
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, [case], clerk, members=members)
    votes.open_vote(item_id=sitting.items.get().pk, actor=clerk, now=NOW)
    with pytest.raises(Refused, match="otwarto już głosowanie"):
        back(case, "unput", clerk)
    assert AgendaItem.objects.count() == 1


def test_what_the_commission_has_recommended_is_not_taken_from_the_director(clerk):
    case = assessed(clerk)
    judging.recommended(case, clerk)
    with pytest.raises(Refused, match="otwarto już głosowanie"):
        back(case, "unput", clerk)
    assert "krok/unput/" not in browser(clerk).get(url("case", case.pk)).text


def test_it_takes_a_reason_and_somebody_who_handles_the_case(clerk):
    case = assessed(clerk)
    with pytest.raises(Refused, match="Napisz, dlaczego"):
        back(case, "unput", clerk, reason=" ")
    own = account(Role.COORDINATOR, email="wlasny@example.pl")
    hold(own, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    for person, words in ((own, "w którego imieniu"), (account(Role.DIRECTOR), "kogoś innego")):
        with pytest.raises(Refused, match=words):
            back(case, "unput", person)
    Application.objects.update(handled_by=account(Role.COORDINATOR, email="inny@example.pl"))
    with pytest.raises(Refused, match="Tę sprawę prowadzi"):
        back(case, "unput", clerk)


def test_the_page_of_the_case_offers_only_what_was_done_last(clerk):
    case, desk = assessed(clerk), browser(clerk)
    page = desk.get(url("case", case.pk)).text
    ways = {step: f'href="/panel/znak/sprawy/{case.pk}/krok/{step}/"' for step in ("unput", "unshorten", "unassign")}
    assert [step for step, way in ways.items() if way in page] == ["unput"]
    asked = f"/panel/znak/sprawy/{case.pk}/krok/unput/"
    assert desk.post(asked, {"reason": ""}).status_code == 422
    assert desk.post(asked, {"reason": "Brakuje wizyty."}).status_code == 302
    assert "Brakuje wizyty." in desk.get(url("case", case.pk)).text
    # A second press finds the case where it is.
    assert desk.post(asked, {"reason": "Brakuje wizyty."}).status_code == 422
