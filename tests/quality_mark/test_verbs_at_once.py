"""Two of every pair of verbs about one case, or one mark, in the same moment: done or refused, and none is killed.

Each is taken back at its end, so that all pairs meet the same case: what is asked is the order of their locks.
"""

from concurrent.futures import ThreadPoolExecutor
from itertools import combinations_with_replacement
from threading import Barrier
from threading import Event as Signal

import pytest
from django.db import connections, transaction

from accounts.choices import Role
from accounts.models import User
from core.exceptions import Refused
from quality_mark.choices import ApplicationState as A
from quality_mark.choices import Ground
from quality_mark.models import AgendaItem, Recusal, Suspension, Vote
from quality_mark.use_cases import (
    agreements,
    applying,
    checking,
    commission,
    complaints,
    deciding,
    licensing,
    minutes,
    nightly,
    opinions,
    renewing,
    sign_files,
    supervision,
    terms,
    visiting,
    votes,
    watching,
)
from quality_mark.use_cases.messages import write
from tests.accounts.factories import account
from tests.events.threads import apart, held, until_waiting
from tests.notifications.site import PATIENCE
from tests.quality_mark import judging, office
from tests.quality_mark.factories import NOW
from tests.quality_mark.marks import at, holder, marked, renewal

pytestmark = pytest.mark.django_db(transaction=True)


class TakenBack(Exception):
    pass


def together(first, second):
    """What both came to, begun at once, each in a transaction that is taken back."""
    ready = Barrier(2)

    def run(verb, given):
        try:
            with transaction.atomic():
                ready.wait(timeout=PATIENCE)
                verb(**given)
                raise TakenBack
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return [one.result() for one in [pool.submit(run, *first), pool.submit(run, *second)]]


def quarrels(verbs):
    """Pairs of which one came to something else than being done or refused."""
    found = []
    for first, second in combinations_with_replacement(verbs, 2):
        for error in together(first, second):
            if not isinstance(error, TakenBack | Refused):
                found.append((first[0].__module__, first[0].__name__, second[0].__name__, repr(error)))
    return found


def fresh(person):
    """Without roles that were read before."""
    return User.objects.get(pk=person.pk)


def test_no_two_verbs_about_a_case_wait_for_each_other_for_ever():
    clerk, director = account(Role.COORDINATOR), account(Role.DIRECTOR)
    case = judging.case(A.COMMISSION)
    person = office.applicant_of(case)
    judging.recommended(case, clerk)
    term, members = case.agenda_items.get().sitting.term, list(case.agenda_items.get().sitting.term.members.all())
    case.steps.create(name="put", source=A.ASSESSMENT, target=A.COMMISSION, role="biuro", at=NOW)
    sitting = _sitting(term, case, clerk, members)
    item = sitting.items.get()
    vote = votes.open_vote(item_id=item.pk, actor=clerk, now=NOW)
    late = {"now": NOW}
    of_case, of_item = {"application_id": case.pk, **late}, {"item_id": item.pk}
    by, who = {"actor": fresh(clerk)}, fresh(members[1].person)
    assert quarrels(
        [
            (applying.withdraw, of_case | {"actor": fresh(person)}),
            (checking.take_over, of_case | by | {"seen_handler": None}),
            (write, of_case | by | {"text": "Dzień dobry", "is_of_office": True}),
            (visiting.comment, of_case | by | {"text": "Uwaga"}),
            (deciding.decide, of_case | {"step": "grant", "reason": "Tak.", "actor": fresh(director)}),
            (deciding.ask_for_more, of_case | by | {"reason": "Więcej.", "role": "biuro"}),
            (commission.recuse, of_item | late | {"reason": "Znam ich.", "actor": who}),
            (commission.drop_from_agenda, of_item | by),
            (commission.add_to_agenda, {"sitting_id": sitting.pk, "application_id": case.pk} | by),
            (commission.mark_present, {"sitting_id": sitting.pk, "taken": {members[0].pk: members[0].pk}} | by | late),
            (terms.end_membership, {"member_id": members[1].pk} | by | late),
            (votes.open_vote, of_item | by | late),
            (votes.cast, {"vote_id": vote.pk, "choice": "za", "actor": who} | late),
            (votes.close, {"vote_id": vote.pk, "anyway": True} | by | late),
            (minutes.draft, {"sitting_id": sitting.pk} | by | late),
        ]
    ) == []  # fmt: skip


def _sitting(term, case, clerk, members):
    sitting = commission.plan_sitting(term_id=term.pk, starts_at=NOW, place="Sala 2", actor=clerk)
    AgendaItem.objects.create(sitting=sitting, application=case, position=1)
    commission.call(sitting_id=sitting.pk, actor=clerk, now=NOW)
    commission.mark_present(sitting_id=sitting.pk, taken={one.pk: one.pk for one in members}, actor=clerk, now=NOW)
    return sitting


def test_no_two_verbs_about_a_mark_wait_for_each_other_for_ever():
    clerk, director = account(Role.COORDINATOR), account(Role.DIRECTOR)
    mark = marked(number="ZP/2025/001", rulebook=judging.rules(reminder_days=[60, 30, 14]))
    person = holder(mark)
    filed = renewal(mark, A.GRANTED)
    agreements.prepare(application_id=filed.pk, now=NOW)
    agreements.sign_by_declaration(application_id=filed.pk, name="Anna Lis", actor=person, now=NOW)
    supervision.suspend(mark_id=mark.pk, reason="Kontrola.", actor=director, now=NOW)
    Suspension.objects.update(opinion_asked_at=NOW)
    complaint = complaints.complain_about_mark(mark_id=mark.pk, text="Nie.", actor=person, now=NOW)
    term, _ = judging.commission_of(clerk)
    sitting = commission.plan_sitting(term_id=term.pk, starts_at=NOW, place="Sala", actor=clerk)
    head, by, mine = ({"actor": fresh(one), "now": NOW} for one in (director, clerk, person))
    of_mark, of_case = {"mark_id": mark.pk}, {"application_id": filed.pk}
    outcome = {"complaint_id": complaint.pk, "outcome": "uwzgledniona", "answer": "Racja."}
    away = {"reason": "x", "public_note": "x", "ground": Ground.REQUEST}
    assert quarrels(
        [
            (supervision.resume, of_mark | head | {"note": "x"}),
            (supervision.revoke, of_mark | head | away),
            (supervision.explain, of_mark | mine | {"text": "Było tak."}),
            (watching.review, of_mark | by | {"is_good": True}),
            (opinions.ask, of_mark | head),
            (opinions.add_to_agenda, of_mark | {"sitting_id": sitting.pk, "actor": by["actor"]}),
            (complaints.decide, outcome | head),
            (sign_files.take, of_mark | mine),
            (renewing.begin, of_mark | mine),
            (applying.withdraw, of_case | mine),
            (licensing.countersign, of_case | by),
            (agreements.sign_by_declaration, of_case | mine | {"name": "Ewa Lis"}),
            (nightly.turn_marks, {"now": at(2028, 3, 1, 0, 1)}),
        ]
    ) == []  # fmt: skip


def test_a_member_who_steps_back_while_they_vote_has_done_one_of_both():
    clerk, case = account(Role.COORDINATOR), judging.case(A.COMMISSION)
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, [case], clerk, members=members)
    item = sitting.items.get()
    vote = votes.open_vote(item_id=item.pk, actor=clerk, now=NOW)
    person = fresh(members[1].person)
    go = Signal()
    with ThreadPoolExecutor(2) as pool:
        holding = held(votes.cast, go)
        one = pool.submit(apart, holding, vote_id=vote.pk, choice="za", actor=person)
        assert holding.ready.wait(timeout=PATIENCE)
        two = pool.submit(apart, commission.recuse, item_id=item.pk, reason="Znam ich.", actor=fresh(person))
        until_waiting(1, two)
        go.set()
        assert one.result() == Vote.objects.get()
        assert isinstance(two.exception(), Refused)
    assert not Recusal.objects.exists()
