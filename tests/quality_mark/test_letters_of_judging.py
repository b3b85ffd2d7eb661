"""Letters to those who judge: each at its moment, once, and to nobody who has no part in it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import Role
from notifications.models import OutgoingEmail
from quality_mark.choices import ApplicationState as A
from quality_mark.letters_of_judging import ASSESSMENT_REMINDER
from quality_mark.models import AgendaItem, Assessment
from quality_mark.tasks.votes import remind_of_votes
from quality_mark.use_cases import assigning, minutes, votes
from quality_mark.voting import Choice
from tests.accounts.factories import account, hold
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


def letters(name):
    rows = OutgoingEmail.objects.filter(template=f"quality_mark/email/{name}")
    return sorted(rows.values_list("to", flat=True))


def from_afar(clerk, **given):
    """(item, members, vote) of a remote vote that has just opened."""
    case = judging.case(A.COMMISSION)
    term, members = judging.commission_of(clerk, **given)
    hold(members[1].person, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    judging.sitting_with(term, [case], clerk, is_remote=True)
    item = AgendaItem.objects.get()
    return item, members, votes.open_vote(item_id=item.pk, is_secret=True, actor=clerk, now=NOW)


def test_a_remote_vote_is_told_to_all_who_may_vote(clerk):
    item, _, _ = from_afar(clerk, count=3, substitutes=1)
    votes.open_vote(item_id=item.pk, actor=clerk, now=NOW)
    assert letters("vote_open") == ["kapitula0@example.pl", "kapitula2@example.pl"]
    body = OutgoingEmail.objects.filter(template="quality_mark/email/vote_open").first().body
    assert "i tajnie" in body
    assert f"/panel/znak/kapitula/sprawa/{item.pk}/" in body
    assert "25 listopada 2026" in body.replace("\N{NO-BREAK SPACE}", " ")


def test_a_vote_in_the_room_sends_no_letters(clerk):
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, [judging.case(A.COMMISSION)], clerk, members=members)
    votes.open_vote(item_id=sitting.items.get().pk, actor=clerk, now=NOW)
    assert letters("vote_open") == []


def test_who_has_not_voted_is_reminded_once_before_the_window_closes(clerk, monkeypatch):
    _, members, vote = from_afar(clerk, count=4)
    votes.cast(vote_id=vote.pk, choice=Choice.FOR, actor=members[0].person, now=NOW)
    for hours, told in ((30, []), (37, [2, 3]), (38, [2, 3])):
        monkeypatch.setattr("quality_mark.tasks.votes.timezone.now", lambda: NOW + timedelta(hours=hours))  # noqa: B023
        remind_of_votes()
        assert letters("vote_closes") == [f"kapitula{number}@example.pl" for number in told]


def test_the_chair_is_told_that_minutes_wait_and_the_director_that_they_are_signed(clerk):
    account(Role.DIRECTOR)
    case = judging.case(A.COMMISSION)
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, [case], clerk, members=members)
    judging.voted(sitting.items.get(), dict.fromkeys(members, Choice.FOR), clerk)
    for _ in range(2):
        minutes.draft(sitting_id=sitting.pk, actor=clerk, now=NOW)
    assert (letters("minutes"), letters("to_decide")) == (["kapitula0@example.pl"], [])
    minutes.sign(sitting_id=sitting.pk, actor=members[0].person, now=NOW)
    assert letters("to_decide") == ["dyrektor@example.pl"]


def test_when_the_director_asks_for_more_the_handler_and_the_assessors_hear_of_it(clerk):
    director = account(Role.DIRECTOR)
    case = judging.case(A.COMMISSION, handled_by=clerk)
    first, left = judging.assessors()
    case.assessments.create(assessor=first, asked_at=NOW, due_on=NOW.date(), declared_at=NOW, sent_at=NOW)
    case.assessments.create(assessor=left, asked_at=NOW, due_on=NOW.date(), left_at=NOW, left_why="Urlop.")
    judging.recommended(case, clerk)
    judging.decided(case, "more", director, reason="Jakie maszyny?")
    assert letters("more") == ["asesor1@example.pl", "koordynator@example.pl"]
    assert "Jakie maszyny?" in OutgoingEmail.objects.filter(template="quality_mark/email/more").first().body


def test_who_has_not_assessed_is_reminded_once_as_early_as_the_rules_say(clerk):
    case = judging.case(book=judging.rules(assessment_days=10, warning_days=3))
    rows = judging.assigned(case, judging.assessors(), clerk)
    assert {one.due_on for one in rows.values()} == {timezone.localdate(NOW) + timedelta(days=10)}
    Assessment.objects.filter(pk=rows["asesor2@example.pl"].pk).update(sent_at=NOW)
    for days, told in ((4, []), (3, ["asesor1@example.pl"]), (1, ["asesor1@example.pl"])):
        assigning.remind(now=NOW + timedelta(days=10 - days))
        assert letters("assessment_reminder") == told
    assert OutgoingEmail.objects.get(template=ASSESSMENT_REMINDER).subject.startswith("Termin oceny wniosku ZP/")


def test_whoever_was_asked_yesterday_is_not_reminded(clerk):
    case = judging.case(book=judging.rules(assessment_days=1))
    judging.assigned(case, judging.assessors(), clerk)
    assigning.remind(now=NOW + timedelta(hours=23))
    assert letters("assessment_reminder") == []
