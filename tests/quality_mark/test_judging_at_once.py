"""Two people press in the same moment: one of them is told so, nothing is counted twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal

import pytest

from accounts.choices import Role
from accounts.models import User
from core.exceptions import Refused
from quality_mark.choices import ApplicationState as A
from quality_mark.models import Application, Ballot
from quality_mark.use_cases import assigning, deciding, votes
from tests.accounts.factories import account
from tests.events.threads import apart, held, until_waiting
from tests.notifications.site import PATIENCE
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


def side_by_side(verb, first, second):
    """[result or Refused] of the verb, called twice so that the second one waits for the first."""
    go = Signal()
    with ThreadPoolExecutor(2) as pool:
        holding = held(verb, go)
        one = pool.submit(apart, holding, **first)
        assert holding.ready.wait(timeout=PATIENCE)
        two = pool.submit(apart, verb, **second)
        until_waiting(1, two)
        go.set()
        return [one.exception() or one.result(), two.exception() or two.result()]


def test_of_two_directors_one_decides(clerk):
    case = judging.case(A.COMMISSION)
    judging.recommended(case, clerk)
    one, two = account(Role.DIRECTOR), account(Role.DIRECTOR, email="drugi@example.pl")
    given = {"application_id": case.pk, "reason": "Tak."}
    done, refused = side_by_side(
        deciding.decide, given | {"step": "grant", "actor": one}, given | {"step": "refuse", "actor": two}
    )
    assert done.state == A.GRANTED
    assert isinstance(refused, Refused)
    assert (Application.objects.get(pk=case.pk).state, case.papers.count()) == (A.GRANTED, 1)


def test_two_presses_of_one_member_are_one_secret_ballot(clerk):
    case = judging.case(A.COMMISSION)
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, [case], clerk, members=members)
    vote = votes.open_vote(item_id=sitting.items.get().pk, is_secret=True, actor=clerk, now=NOW)
    given = {"vote_id": vote.pk, "choice": "za", "actor": User.objects.get(pk=members[1].person_id)}
    side_by_side(votes.cast, given, given | {"choice": "przeciw"})
    assert judging.box_of(vote)[1] == "00001 00000 00000"
    assert Ballot.objects.count() == 1


def test_of_two_coordinators_one_assigns_and_nobody_is_asked_twice(clerk):
    case, people = judging.case(), judging.assessors(3)
    other = account(Role.COORDINATOR, email="druga@example.pl")
    given = {"application_id": case.pk}
    done, refused = side_by_side(
        assigning.assign,
        given | {"assessor_ids": [one.pk for one in people[:2]], "actor": clerk},
        given | {"assessor_ids": [one.pk for one in people[1:]], "actor": other},
    )
    assert done.state == A.ASSESSMENT
    assert isinstance(refused, Refused)
    assert set(case.assessments.values_list("assessor", flat=True)) == {one.pk for one in people[:2]}


def test_a_ballot_that_comes_while_the_vote_is_closed_is_not_counted(clerk):
    case = judging.case(A.COMMISSION)
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, [case], clerk, members=members)
    vote = votes.open_vote(item_id=sitting.items.get().pk, is_secret=True, actor=clerk, now=NOW)
    for member in members[:2]:
        person = User.objects.get(pk=member.person_id)
        votes.cast(vote_id=vote.pk, choice="za", actor=person, now=NOW)
    late = User.objects.get(pk=members[2].person_id)

    def close_or_cast(*, what, now):
        if what == "close":
            return votes.close(vote_id=vote.pk, anyway=True, actor=clerk, now=now)
        return votes.cast(vote_id=vote.pk, choice="przeciw", actor=late, now=now)

    closed, refused = side_by_side(close_or_cast, {"what": "close"}, {"what": "cast"})
    assert (closed.votes_for, closed.votes_against, Ballot.objects.count()) == (2, 0, 2)
    assert isinstance(refused, Refused)
