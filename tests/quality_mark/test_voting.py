"""Votes of the commission: what they say, who may cast one, and that a secret one stays secret."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant, User
from core.exceptions import Refused
from quality_mark.choices import ApplicationState as A
from quality_mark.choices import Tie
from quality_mark.models import AgendaItem, Application, Ballot, Recusal, Vote
from quality_mark.tasks.votes import close_vote_windows
from quality_mark.use_cases import commission, minutes, terms, votes
from quality_mark.voting import Choice, Result, has_quorum, outcome
from tests.accounts.factories import account, hold
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW
from tests.quality_mark.judging_pages import browser, url

pytestmark = pytest.mark.django_db
FOR, AGAINST, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN


@pytest.mark.parametrize(
    ("present", "seats", "share", "is_one"),
    [(2, 4, 50, True), (1, 3, 50, False), (2, 3, 50, True), (0, 3, 0, False), (2, 3, Decimal("66.67"), False)],
)
def test_a_quorum_is_a_share_of_all_seats(present, seats, share, is_one):
    assert has_quorum(present, seats, share) is is_one


@pytest.mark.parametrize(
    ("votes_for", "against", "majority", "tie", "chair", "result"),
    [
        (3, 1, 50, Tie.CHAIR, "", Result.YES),
        (1, 3, 50, Tie.CHAIR, FOR, Result.NO),
        (2, 2, 50, Tie.CHAIR, FOR, Result.YES),
        (2, 2, 50, Tie.CHAIR, AGAINST, Result.NO),
        (2, 2, 50, Tie.CHAIR, ABSTAIN, Result.NO),
        (2, 2, 50, Tie.CHAIR, "", Result.AGAIN),
        (2, 2, 50, Tie.AGAIN, FOR, Result.AGAIN),
        (2, 2, 50, Tie.REFUSES, FOR, Result.NO),
        (2, 1, Decimal("66.66"), Tie.CHAIR, "", Result.YES),
        (2, 1, Decimal("66.67"), Tie.CHAIR, "", Result.NO),
        (2, 2, 60, Tie.CHAIR, FOR, Result.NO),
        (2, 2, 40, Tie.REFUSES, "", Result.YES),
        (0, 0, 50, Tie.REFUSES, "", Result.NO),
    ],
)
def test_votes_say_what_the_rules_make_of_them(votes_for, against, majority, tie, chair, result):
    assert outcome(votes_for, against, majority=majority, tie=tie, chair=chair) == result


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


@pytest.fixture
def case():
    return judging.case(A.COMMISSION)


def at_sitting(case, clerk, count=3, **given):
    """(item, members) of a called sitting at which everybody is present."""
    substitutes = given.pop("substitutes", 0)
    term, members = judging.commission_of(clerk, count, substitutes)
    judging.sitting_with(term, [case], clerk, members=() if given.get("is_remote") else members[:count], **given)
    return AgendaItem.objects.get(application=case), members


def opened(item, clerk, *, is_secret=False, now=NOW):
    return votes.open_vote(item_id=item.pk, is_secret=is_secret, actor=clerk, now=now)


def cast(vote, member, choice=FOR, now=NOW):
    return votes.cast(vote_id=vote.pk, choice=choice, actor=User.objects.get(pk=member.person_id), now=now)


def test_of_a_secret_vote_only_who_voted_and_the_sums_are_kept(case, clerk):
    item, members = at_sitting(case, clerk)
    closed = judging.voted(item, dict(zip(members, (FOR, AGAINST, FOR), strict=True)), clerk, is_secret=True)
    assert (closed.votes_for, closed.votes_against, closed.votes_abstain, closed.result) == (2, 1, 0, Result.YES)
    assert set(Ballot.objects.values_list("voter", "choice", "at")) == {(one.pk, "", None) for one in members}
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(voter=members[0]).update(choice=FOR)


def test_no_table_follows_the_sums_of_a_secret_vote_ballot_by_ballot(case, clerk):
    """A history of the row, or a time in it, would tell what each ballot has added."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'quality_mark_%%event'")
        tables = {name for (name,) in cursor.fetchall()}
    assert "quality_mark_sittingevent" in tables
    assert not tables & {"quality_mark_voteevent", "quality_mark_ballotevent"}
    item, members = at_sitting(case, clerk)
    vote = opened(item, clerk, is_secret=True)
    times = [field.attname for field in Vote._meta.fields if field.get_internal_type() == "DateTimeField"]
    before = Vote.objects.values(*times).get()
    cast(vote, members[0], FOR, NOW + timedelta(minutes=5))
    assert Vote.objects.values(*times).get() == before


@pytest.mark.parametrize("is_secret", [True, False])
def test_the_database_takes_no_ballot_that_says_more_or_less_than_its_vote(case, clerk, is_secret):
    item, members = at_sitting(case, clerk)
    vote = opened(item, clerk, is_secret=is_secret)
    wrong = {"choice": FOR, "at": NOW} if is_secret else {}
    with pytest.raises(IntegrityError, match="as secretly"), transaction.atomic():
        Ballot.objects.create(vote=vote, seat=members[0], voter=members[0], **wrong)


@pytest.mark.parametrize("is_secret", [True, False])
def test_a_second_press_is_no_second_ballot(case, clerk, is_secret):
    item, members = at_sitting(case, clerk)
    vote = opened(item, clerk, is_secret=is_secret)
    assert opened(item, clerk) == vote
    cast(vote, members[0], FOR)
    cast(vote, members[0], AGAINST)
    closed = votes.close(vote_id=vote.pk, anyway=True, actor=clerk, now=NOW)
    assert vote.ballots.count() == 1
    # One ballot of a secret vote is no quorum of three seats: its sum is not kept.
    assert (closed.votes_for, closed.votes_against) == ((0, 0) if is_secret else (1, 0))
    assert votes.close(vote_id=vote.pk, actor=clerk, now=NOW + timedelta(hours=1)).closed_at == NOW


def test_without_a_quorum_there_is_no_recommendation_and_the_vote_is_held_again(case, clerk):
    item, members = at_sitting(case, clerk, is_remote=True)
    first = opened(item, clerk)
    cast(first, members[0])
    assert votes.close(vote_id=first.pk, actor=clerk, now=first.closes_at).result == Result.NO_QUORUM
    second = opened(item, clerk)
    assert second.number == 2
    cast(second, members[0])
    cast(second, members[1])
    assert votes.close(vote_id=second.pk, actor=clerk, now=second.closes_at).result == Result.YES
    with pytest.raises(Refused, match="już głosowano"):
        opened(item, clerk)


def test_a_secret_vote_without_a_quorum_leaves_no_sums_that_would_name_the_few_who_voted(case, clerk):
    item, members = at_sitting(case, clerk, is_remote=True)
    vote = opened(item, clerk, is_secret=True)
    cast(vote, members[0], AGAINST)
    closed = votes.close(vote_id=vote.pk, anyway=True, actor=clerk, now=vote.closes_at)
    assert closed.result == Result.NO_QUORUM
    assert Vote.objects.values_list("votes_for", "votes_against", "votes_abstain").get() == (0, 0, 0)


def test_a_tie_is_broken_by_the_chair(case, clerk):
    item, (chair, other, _) = at_sitting(case, clerk)
    assert judging.voted(item, {chair: AGAINST, other: FOR}, clerk).result == Result.NO


def test_nobody_knows_how_the_chair_voted_in_secret_so_a_tie_is_voted_again(case, clerk):
    item, (chair, other, _) = at_sitting(case, clerk)
    assert judging.voted(item, {chair: AGAINST, other: FOR}, clerk, is_secret=True).result == Result.AGAIN
    assert judging.voted(item, {chair: FOR, other: AGAINST}, clerk).result == Result.YES


def test_whose_organisation_it_is_takes_no_part(case, clerk):
    item, members = at_sitting(case, clerk)
    hold(members[1].person, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    vote = opened(item, clerk)
    assert Recusal.objects.get().member == members[1]
    with pytest.raises(Refused, match="w którego imieniu"):
        cast(vote, members[1])
    closed = votes.close(vote_id=vote.pk, actor=clerk, now=NOW)
    assert (closed.present, closed.seats) == (2, 3)


def test_who_steps_back_casts_nothing_and_who_has_voted_does_not_step_back(case, clerk):
    item, members = at_sitting(case, clerk)
    commission.recuse(item_id=item.pk, reason="Sąsiedzi.", actor=members[1].person, now=NOW)
    vote = opened(item, clerk)
    with pytest.raises(Refused, match="Wyłączono Cię"):
        cast(vote, members[1])
    cast(vote, members[2])
    with pytest.raises(Refused, match="oddano już głos"):
        commission.recuse(item_id=item.pk, reason="Sąsiedzi.", actor=members[2].person, now=NOW)


def test_a_member_who_leaves_in_mid_vote_keeps_what_they_cast_and_casts_no_more(case, clerk):
    item, (chair, leaves, stays) = at_sitting(case, clerk)
    vote = opened(item, clerk)
    cast(vote, leaves, AGAINST)
    RoleGrant.objects.filter(user__in=[leaves.person_id, stays.person_id]).update(ends_on=NOW.date())
    with pytest.raises(Refused, match="Nie należysz już"):
        cast(vote, stays)
    closed = votes.close(vote_id=vote.pk, actor=clerk, now=NOW)
    assert (closed.votes_against, closed.seats) == (1, 3)


def test_a_substitute_takes_the_seat_of_whoever_left_but_votes_from_it_once(case, clerk):
    item, (chair, leaves, voted, substitute) = at_sitting(case, clerk, substitutes=1)
    vote = opened(item, clerk)
    with pytest.raises(Refused, match="obecności"):
        cast(vote, substitute)
    cast(vote, voted, AGAINST)
    terms.end_membership(member_id=leaves.pk, actor=clerk, now=NOW)
    given = {"sitting_id": item.sitting_id, "actor": clerk, "now": NOW}
    commission.mark_present(taken={chair.pk: chair.pk, substitute.pk: voted.pk}, **given)
    with pytest.raises(Refused, match="Z tego miejsca"):
        cast(vote, substitute)
    commission.mark_present(taken={chair.pk: chair.pk, substitute.pk: leaves.pk}, **given)
    cast(vote, substitute)
    assert Ballot.objects.get(voter=substitute).seat == leaves


@pytest.mark.parametrize("taken", [lambda c, m, s: {s: s}, lambda c, m, s: {m: c}, lambda c, m, s: {c: c, s: c}])
def test_one_seat_has_one_person_and_a_substitute_none_of_their_own(case, clerk, taken):
    item, (chair, member, substitute) = at_sitting(case, clerk, count=2, substitutes=1)
    with pytest.raises(Refused):
        commission.mark_present(
            sitting_id=item.sitting_id, taken=taken(chair.pk, member.pk, substitute.pk), actor=clerk, now=NOW
        )
    assert item.sitting.presences.count() == 2


def test_a_remote_vote_is_open_for_the_hours_of_the_rules_and_the_clock_closes_it(case, clerk, monkeypatch):
    item, members = at_sitting(case, clerk, is_remote=True)
    vote = opened(item, clerk)
    assert vote.closes_at == NOW + timedelta(hours=48)
    cast(vote, members[0], now=NOW + timedelta(hours=47))
    cast(vote, members[1], now=NOW + timedelta(hours=47))
    with pytest.raises(Refused, match="już zamknięte"):
        cast(vote, members[2], now=vote.closes_at)
    assert votes.close_windows(now=vote.closes_at - timedelta(seconds=1)) == 0
    monkeypatch.setattr("quality_mark.tasks.votes.timezone.now", lambda: vote.closes_at)
    close_vote_windows()
    vote.refresh_from_db()
    assert (vote.result, vote.present) == (Result.YES, 2)


@pytest.mark.parametrize("is_secret", [False, True])
def test_nobody_closes_a_remote_vote_in_its_window_before_all_have_voted(case, clerk, is_secret):
    item, members = at_sitting(case, clerk, is_remote=True)
    now = timezone.now()
    vote = opened(item, clerk, is_secret=is_secret, now=now)
    for one in members[:2]:
        cast(vote, one, now=now)
    page = browser(members[0].person).get(url("agenda_item", item.pk)).text.replace("\xa0", " ")
    assert "Wcześniej można je zamknąć, gdy zagłosują wszyscy" in page
    assert 'value="zamknij"' not in page
    for person in (clerk, members[0].person):
        with pytest.raises(Refused, match="trwa do"):
            votes.close(vote_id=vote.pk, anyway=True, actor=person, now=vote.closes_at - timedelta(seconds=1))
    cast(vote, members[2], now=now)
    assert votes.close(vote_id=vote.pk, actor=clerk, now=now).result == Result.YES


def test_a_withdrawn_case_is_voted_on_no_more(case, clerk):
    item, members = at_sitting(case, clerk)
    vote = opened(item, clerk)
    Application.objects.update(state=A.WITHDRAWN, decided_at=NOW)
    with pytest.raises(Refused, match="nie jest już w Kapitule"):
        cast(vote, members[0])
    assert votes.close(vote_id=vote.pk, actor=clerk, now=NOW).result == Result.MOOT


def test_whose_case_is_being_voted_on_does_not_say_who_is_here(case, clerk):
    item, members = at_sitting(case, clerk)
    hold(clerk, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    given = {"sitting_id": item.sitting_id, "taken": {members[0].pk: members[0].pk}, "now": NOW}
    commission.mark_present(**given, actor=clerk)
    opened(item, members[0].person)
    with pytest.raises(Refused, match="w którego imieniu"):
        commission.mark_present(**given | {"taken": {}}, actor=clerk)
    assert item.sitting.presences.count() == 1
    commission.mark_present(**given, actor=members[0].person)


def test_who_runs_a_sitting_leaves_own_cases_to_others(case, clerk):
    item, members = at_sitting(case, clerk)
    with pytest.raises(Refused, match="kogoś innego"):
        opened(item, members[1].person)
    hold(clerk, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    for step in (
        lambda: opened(item, clerk),
        lambda: commission.drop_from_agenda(item_id=item.pk, actor=clerk),
    ):
        with pytest.raises(Refused, match="w którego imieniu"):
            step()


def test_minutes_are_signed_by_the_chair_alone_and_close_the_sitting(case, clerk):
    item, members = at_sitting(case, clerk)
    chair, given = members[0].person, {"sitting_id": item.sitting_id, "now": NOW}
    vote = opened(item, clerk)
    with pytest.raises(Refused, match="jeszcze trwa"):
        minutes.draft(actor=clerk, **given)
    cast(vote, members[0])
    cast(vote, members[1])
    votes.close(vote_id=vote.pk, actor=clerk, now=NOW)
    with pytest.raises(Refused, match="Najpierw sporządź"):
        minutes.sign(actor=chair, **given)
    minutes.draft(actor=clerk, **given)
    for person in (clerk, members[1].person):
        with pytest.raises(Refused, match="kogoś innego"):
            minutes.sign(actor=person, **given)
    signed = minutes.sign(actor=chair, **given)
    with signed.minutes.open() as file:
        assert file.read(5) == b"%PDF-"
    assert minutes.sign(actor=chair, **given | {"now": NOW + timedelta(days=1)}).signed_at == NOW
    with pytest.raises(Refused, match="już podpisany"):
        commission.mark_present(taken={}, actor=clerk, **given)


def test_a_case_waits_at_one_sitting_at_a_time_and_keeps_its_place(clerk):
    book = judging.rules()
    cases = [judging.case(A.COMMISSION, book) for _ in range(3)]
    term, _ = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, cases, clerk)
    with pytest.raises(Refused, match="innego posiedzenia"):
        judging.sitting_with(term, cases[:1], clerk)
    commission.move_up(item_id=sitting.items.last().pk, actor=clerk)
    assert list(sitting.items.values_list("application", flat=True)) == [cases[0].pk, cases[2].pk, cases[1].pk]


def test_a_term_has_one_chair_with_the_role_and_no_other_term_beside_it(clerk):
    term, members = judging.commission_of(clerk)
    given = {"term_id": term.pk, "actor": clerk, "now": NOW}
    person = account(Role.COMMISSION, email="druga@example.pl")
    with pytest.raises(Refused, match="ma już przewodniczącego"):
        terms.add_member(person_id=person.pk, is_chair=True, **given)
    with pytest.raises(Refused, match="nie ma roli"):
        terms.add_member(person_id=clerk.pk, **given)
    assert terms.add_member(person_id=members[1].person_id, **given) == members[1]
    with pytest.raises(Refused, match="trwa inna kadencja"):
        terms.begin_term(name="Druga", starts_on=NOW.date(), actor=clerk)
