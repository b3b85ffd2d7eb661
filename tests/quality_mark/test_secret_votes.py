"""What a secret vote hides from whoever reads the database, and what the chair is told of what it cannot hide."""

from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.choices import Role
from accounts.models import User
from core.exceptions import Refused
from core.resealing import reseal
from quality_mark.choices import ApplicationState as A
from quality_mark.models import BallotBox, Vote
from quality_mark.use_cases import votes
from quality_mark.voting import Choice, Result
from tests.accounts.factories import account
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW
from tests.quality_mark.judging_pages import browser, url

pytestmark = pytest.mark.django_db
FOR, AGAINST, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


@pytest.fixture
def sitting(clerk):
    """(item, members) of a sitting at which everybody is present."""
    term, members = judging.commission_of(clerk)
    one = judging.sitting_with(term, [judging.case(A.COMMISSION)], clerk, members=members)
    return one.items.get(), members


def opened(item, clerk):
    return votes.open_vote(item_id=item.pk, is_secret=True, actor=clerk, now=NOW)


def cast(vote, member, choice):
    return votes.cast(vote_id=vote.pk, choice=choice, actor=User.objects.get(pk=member.person_id), now=NOW)


def everything():
    """{table: its rows as text}: all that the database holds of this app."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("quality_mark_"):
                cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')  # noqa: S608 - names of our own
                found[table] = [row for (row,) in cursor.fetchall()]
    return found


def test_whoever_reads_the_database_after_each_ballot_learns_only_that_somebody_has_voted(sitting, clerk):
    item, members = sitting
    vote = opened(item, clerk)
    seen = [everything()]
    for member, choice in zip(members, (FOR, AGAINST, AGAINST), strict=True):
        cast(vote, member, choice)
        seen.append(everything())
    for before, after in pairwise(seen):
        changed = {name for name in after if after[name] != before[name]}
        assert changed == {"quality_mark_ballot", "quality_mark_ballotbox"}
        assert len(after["quality_mark_ballotbox"][0]) == len(before["quality_mark_ballotbox"][0])
        assert after["quality_mark_ballotbox"][0] != before["quality_mark_ballotbox"][0]
    sealed, readable = judging.box_of(vote)
    assert readable == "00001 00002 00000"
    assert readable not in sealed
    votes.close(vote_id=vote.pk, actor=clerk, now=NOW)
    assert not BallotBox.objects.exists()
    assert Vote.objects.values_list("votes_for", "votes_against", "result").get() == (1, 2, Result.NO)


def test_the_database_takes_no_sums_of_an_open_vote(sitting, clerk):
    vote = opened(sitting[0], clerk)
    with pytest.raises(IntegrityError, match="counted_when_closed"), transaction.atomic():
        Vote.objects.filter(pk=vote.pk).update(votes_for=1)


def test_the_chair_is_told_before_closing_early_and_has_to_say_so(sitting, clerk):
    item, members = sitting
    vote = opened(item, clerk)
    cast(vote, members[0], FOR)
    cast(vote, members[1], FOR)
    client, page = browser(members[0].person), url("agenda_item", item.pk)
    shown = client.get(page).content.decode()
    assert "Nie oddano jeszcze: 1 głosu. Suma niewielu głosów może zdradzić" in shown
    refused = client.post(page, {"co": "zamknij"}, follow=True)
    assert "Potwierdź, że mimo to zamykasz" in refused.content.decode()
    assert Vote.objects.get().closed_at is None
    assert client.post(page, {"co": "zamknij", "mimo": "1"}).status_code == 302
    assert Vote.objects.values_list("result", "votes_for").get() == (Result.YES, 2)


def test_when_all_have_voted_nobody_is_asked_again(sitting, clerk):
    item, members = sitting
    vote = opened(item, clerk)
    for member in members:
        cast(vote, member, FOR)
    shown = browser(members[0].person).get(url("agenda_item", item.pk)).content.decode()
    assert "Zagłosowali wszyscy." in shown
    assert "Zamykam mimo to" not in shown
    assert votes.close(vote_id=vote.pk, actor=clerk, now=NOW).result == Result.YES


def test_in_secret_the_quorum_is_of_those_who_cast_a_ballot(sitting, clerk):
    """Three are in the room, one has voted: the sum would be that person's vote."""
    item, members = sitting
    closed = judging.voted(item, {members[1]: AGAINST}, clerk, is_secret=True)
    assert (closed.present, closed.result, closed.votes_against) == (3, Result.NO_QUORUM, 0)


def test_a_box_is_sealed_anew_with_a_new_key(sitting, clerk, settings):
    item, members = sitting
    vote = opened(item, clerk)
    cast(vote, members[0], ABSTAIN)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "nowy-klucz"
    assert reseal() >= 1
    settings.SECRET_KEY_FALLBACKS = []
    assert judging.box_of(vote)[1] == "00000 00000 00001"


def test_a_box_that_nobody_can_open_is_closed_without_a_result_and_voted_on_again(sitting, clerk, settings):
    item, members = sitting
    vote = opened(item, clerk)
    cast(vote, members[0], FOR)
    settings.SECRET_KEY = "zgubiony-klucz"
    with pytest.raises(Refused, match="nie da się otworzyć"):
        cast(vote, members[1], FOR)
    assert browser(clerk).get(url("agenda_item", item.pk)).status_code == 200
    closed = votes.close(vote_id=vote.pk, anyway=True, actor=clerk, now=NOW)
    assert (closed.result, closed.votes_for) == (Result.LOST, 0)
    again = judging.voted(item, dict.fromkeys(members, FOR), clerk, is_secret=True)
    assert (again.number, again.result) == (2, Result.YES)
