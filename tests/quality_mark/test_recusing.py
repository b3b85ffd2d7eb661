"""Who takes no part in a case although they sit in the commission, because the portal knows of it."""

import pytest

from accounts.choices import Role
from core.exceptions import Refused
from quality_mark.choices import ApplicationState as A
from quality_mark.models import Recusal
from quality_mark.use_cases import commission, minutes, votes
from quality_mark.voting import Choice
from tests.accounts.factories import account, hold
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW
from tests.quality_mark.judging_pages import browser, url
from tests.quality_mark.test_letters_of_judging import letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


@pytest.mark.parametrize("assessors_vote", [False, True])
def test_who_has_assessed_a_case_votes_on_it_only_where_the_rules_let_them(clerk, assessors_vote):
    case = judging.case(A.COMMISSION, judging.rules(assessors_vote=assessors_vote))
    term, members = judging.commission_of(clerk)
    person = members[1].person
    case.assessments.create(assessor=person, asked_at=NOW, due_on=NOW.date(), declared_at=NOW, sent_at=NOW)
    sitting = judging.sitting_with(term, [case], clerk, members=members)
    votes.open_vote(item_id=sitting.items.get().pk, actor=clerk, now=NOW)
    found = Recusal.objects.values_list("member", "is_computed", "reason")
    assert [row[:2] for row in found] == ([] if assessors_vote else [(members[1].pk, True)])
    assert all("nie głosuje" in row[2] for row in found)


def test_who_declared_a_conflict_as_assessor_does_not_vote_whatever_the_rules_say(clerk):
    case = judging.case(A.COMMISSION, judging.rules(assessors_vote=True))
    term, members = judging.commission_of(clerk)
    case.assessments.create(
        assessor=members[1].person, asked_at=NOW, due_on=NOW.date(), left_at=NOW, left_why="Brat.", has_conflict=True
    )
    sitting = judging.sitting_with(term, [case], clerk, members=members)
    votes.open_vote(item_id=sitting.items.get().pk, actor=clerk, now=NOW)
    assert Recusal.objects.get().member == members[1]


def test_minutes_with_a_case_of_the_chairs_own_are_signed_by_another_member(clerk):
    case = judging.case(A.COMMISSION)
    term, members = judging.commission_of(clerk)
    chair, other, absent = (one.person for one in members)
    hold(chair, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    sitting = judging.sitting_with(term, [case], clerk, members=members[:2])
    judging.voted(sitting.items.get(), {members[1]: Choice.FOR}, clerk)
    minutes.draft(sitting_id=sitting.pk, actor=clerk, now=NOW)
    assert letters("minutes") == [other.email]
    for person in (chair, absent, clerk):
        with pytest.raises(Refused, match="kogoś innego"):
            minutes.sign(sitting_id=sitting.pk, actor=person, now=NOW)
    assert minutes.sign(sitting_id=sitting.pk, actor=other, now=NOW).signed_by == other


def test_the_page_says_so_before_a_vote_begins_and_shows_nothing_of_the_case(clerk):
    case = judging.case(A.COMMISSION, answers={"cel": {"aim": "Pomagamy sąsiadom."}})
    term, members = judging.commission_of(clerk)
    person = members[1].person
    case.recommendations.create(recommender="Gmina", email=person.email, asked_at=NOW)
    sitting = judging.sitting_with(term, [case], clerk, members=members)
    page = url("agenda_item", sitting.items.get().pk)
    shown = browser(person).get(page).content.decode()
    assert "Nie bierzesz udziału w tej sprawie." in shown
    assert "Pomagamy sąsiadom." not in shown
    assert "Pomagamy sąsiadom." in browser(members[2].person).get(page).content.decode()


def test_who_stepped_back_from_a_case_is_out_of_it_when_it_comes_up_again(clerk):
    case = judging.case(A.COMMISSION)
    term, members = judging.commission_of(clerk)
    first = judging.sitting_with(term, [case], clerk, members=members[:2])
    person = members[2].person
    commission.recuse(item_id=first.items.get().pk, reason="Siostra.", actor=person, now=NOW)
    judging.voted(first.items.get(), {members[0]: Choice.FOR, members[1]: Choice.AGAINST}, clerk, is_secret=True)
    judging.signed(first, members[0].person)
    again = judging.sitting_with(term, [case], clerk, members=members)
    row = again.items.get().recusals.get()
    assert (row.member, row.reason) == (members[2], "Siostra.")
    vote = votes.open_vote(item_id=again.items.get().pk, actor=clerk, now=NOW)
    with pytest.raises(Refused, match="Wyłączono Cię"):
        votes.cast(vote_id=vote.pk, choice=Choice.FOR, actor=person, now=NOW)
