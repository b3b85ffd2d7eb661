"""Nobody moves the case of an organisation of their own, at any step, however the request is made."""

import pytest
from django.urls import reverse

from accounts.choices import Role
from core.exceptions import Refused
from quality_mark import workflow
from quality_mark.choices import Actor
from quality_mark.choices import ApplicationState as A
from quality_mark.models import Application, Ballot, MarkStep, Step
from quality_mark.use_cases import assigning, deciding
from quality_mark.use_cases.moving import advance
from quality_mark.voting import Choice
from tests.accounts.factories import account, hold
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.quality_mark.judging_pages import browser, url
from tests.quality_mark.marks import marked

pytestmark = pytest.mark.django_db
MOVED_BY_PEOPLE = [
    (move.name, role) for move in workflow.applications for role in sorted(move.actors - {Actor.APPLICANT, Actor.TIME})
]


@pytest.fixture
def mighty():
    """Somebody with every role of the mark."""
    person = account(Role.COORDINATOR, email="wszystko@example.pl")
    for role in (Role.DIRECTOR, Role.COMMISSION, Role.ASSESSOR, Role.ADMINISTRATOR):
        hold(person, role)
    return person


def owned(person, case):
    hold(person, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    return case


@pytest.mark.parametrize(("step", "role"), MOVED_BY_PEOPLE)
def test_no_step_is_taken_in_a_case_of_ones_own(mighty, step, role):
    source = next(iter(next(one for one in workflow.applications if one.name == step).sources))
    case = owned(mighty, ApplicationFactory(state=source))
    with pytest.raises(Refused, match="w którego imieniu"):
        advance(application_id=case.pk, step=step, role=role, actor=mighty, now=NOW)
    assert (Application.objects.get(pk=case.pk).state, Step.objects.count()) == (source, 0)


def test_of_several_decided_together_the_own_one_is_left_to_others(mighty):
    clerk = account(Role.COORDINATOR)
    cases = [judging.case(A.COMMISSION, book) for book in [judging.rules()] for _ in range(2)]
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, cases, clerk, members=members)
    for item in sitting.items.all():
        judging.voted(item, dict.fromkeys(members, Choice.FOR), clerk)
    judging.signed(sitting, members[0].person)
    owned(mighty, cases[0])
    given = {"application_ids": [one.pk for one in cases], "step": "grant", "reason": "Tak.", "actor": mighty}
    done, refused = deciding.decide_many(**given, now=NOW)
    assert ([one.pk for one in done], [pk for pk, _ in refused]) == ([cases[1].pk], [cases[0].pk])
    posted = browser(mighty).post(url("decisions"), {"wniosek": [cases[0].pk], "step": "grant", "reason": "Tak."})
    assert (posted.status_code, Application.objects.get(pk=cases[0].pk).state) == (422, A.COMMISSION)


def test_no_page_of_judging_takes_a_request_written_by_hand(mighty):
    clerk, client = account(Role.COORDINATOR), browser(mighty)
    case = judging.case()
    first, other = judging.assigned(case, [mighty, *judging.assessors(1)], clerk).values()
    owned(mighty, case)
    assigned = {"co": "ocena", "wyslij": "1", "conflict": "nie"}
    for address, given in (
        (url("assessment", first.pk), assigned),
        (url("assessment_visit", first.pk), {"visited_on": "2026-11-20", "note": "Byłem."}),
        (url("assigning_case", case.pk), {"co": "odsun", "ocena": other.pk}),
        (url("case_visit", case.pk), {"visited_on": "2026-11-20", "note": "Byłem."}),
        (url("decision", case.pk), {"step": "grant", "reason": "Tak."}),
        (reverse("quality_mark:case_take", args=[case.pk]), {}),
    ):
        answer = client.post(address, given)
        assert answer.status_code in (302, 404), address
    with pytest.raises(Refused, match="w którego imieniu"):
        assigning.take_off(assessment_id=other.pk, reason="Nie.", actor=mighty, now=NOW)
    case.refresh_from_db()
    assert (case.state, case.steps.count(), case.visits.count()) == (A.ASSESSMENT, 1, 0)
    assert case.assessments.filter(left_at=None, sent_at=None).count() == 2


def test_at_a_sitting_the_own_case_is_listed_and_left_alone(mighty):
    clerk, client = account(Role.COORDINATOR), browser(mighty)
    before, case = judging.case(A.COMMISSION), judging.case(A.COMMISSION)
    waiting = judging.case(A.COMMISSION)
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, [before, case], clerk, members=members)
    owned(mighty, case), owned(mighty, waiting)
    item, page = sitting.items.get(application=case), url("sitting", sitting.pk)
    for given in (
        {"co": "wyzej", "punkt": item.pk},
        {"co": "zdejmij", "punkt": item.pk},
        {"co": "dodaj", "wniosek": waiting.pk},
    ):
        assert client.post(page, given).status_code == 302
    for what in ("glos", "otworz", "zamknij", "wyjasnienia"):
        assert client.post(url("agenda_item", item.pk), {"co": what, "choice": "za"}).status_code == 404
    assert list(sitting.items.values_list("application", "position")) == [(before.pk, 1), (case.pk, 2)]
    assert not Ballot.objects.exists()
    assert not item.votes.exists()


def test_the_admin_moves_nobodys_case(mighty):
    mark, case = marked(), ApplicationFactory(state=A.SUBMITTED)
    client = browser(mighty)
    for row, state in ((mark, "revoked"), (case, "active")):
        name = f"admin:quality_mark_{row._meta.model_name}"
        page = reverse(f"{name}_change", args=[row.pk])
        shown = client.get(page)
        assert shown.status_code == 200
        assert 'name="state"' not in shown.content.decode()
        assert client.post(page, {"state": state}).status_code in (403, 404)
        assert client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code in (403, 404)
        assert client.get(reverse(f"{name}_changelist")).status_code == 200
        before = row.state
        row.refresh_from_db()
        assert row.state == before
    assert not MarkStep.objects.exists()
