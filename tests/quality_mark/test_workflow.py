"""The two tables of steps, and the door through which every step goes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.choices import Role
from core.exceptions import Refused
from quality_mark import workflow
from quality_mark.choices import PUBLIC, Actor, ApplicationState, MarkState
from quality_mark.models import Application, Step
from quality_mark.use_cases.moving import advance
from tests.accounts.factories import account, hold
from tests.quality_mark.factories import NOW, ApplicationFactory

pytestmark = pytest.mark.django_db
A = ApplicationState


def test_every_state_is_reached_and_has_a_word_for_the_applicant():
    reached = {move.target for move in workflow.applications}
    assert set(A) - reached == {A.DRAFT}
    assert set(PUBLIC) == set(A)
    assert set(MarkState) - {move.target for move in workflow.marks} == set()


def test_nothing_leaves_an_end_but_what_a_complaint_restores():
    leaving = {move.name for move in workflow.applications if move.sources & {*A.over()}}
    assert leaving == {"restore", "reconsider"}


def test_nobody_but_the_director_grants_and_refuses():
    deciding = [move for move in workflow.applications if move.target in (A.GRANTED, A.REFUSED)]
    assert {actor for move in deciding for actor in move.actors} == {Actor.DIRECTOR}


def test_a_step_is_logged_with_who_when_and_why():
    clerk = account(Role.COORDINATOR)
    one = ApplicationFactory(state=A.SUBMITTED)
    moved = advance(application_id=one.pk, step="take", role=Actor.CLERK, actor=clerk, note="Biorę.", now=NOW)
    assert moved.state == A.FORMAL_CHECK
    assert moved.due_at > NOW + timedelta(days=13)
    [step] = Step.objects.values("name", "source", "target", "actor", "role", "note", "at")
    assert step == {
        "name": "take", "source": A.SUBMITTED, "target": A.FORMAL_CHECK, "actor": clerk.pk, "role": Actor.CLERK,
        "note": "Biorę.", "at": NOW,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "actor"),
    [(Role.ASSESSOR, Actor.CLERK), (Role.COORDINATOR, Actor.DIRECTOR), (Role.DIRECTOR, Actor.CLERK)],
)
def test_a_step_is_refused_to_whoever_has_not_the_power(role, actor):
    one = ApplicationFactory(state=A.FORMAL_CHECK)
    step = "fail" if actor == Actor.DIRECTOR else "pass"
    with pytest.raises(Refused, match="należy do kogoś innego"):
        advance(application_id=one.pk, step=step, role=actor, actor=account(role), now=NOW)
    assert Application.objects.get().state == A.FORMAL_CHECK


def test_nobody_moves_the_case_of_an_organisation_of_their_own():
    one = ApplicationFactory(state=A.SUBMITTED)
    clerk = account(Role.COORDINATOR)
    hold(clerk, Role.REPRESENTATIVE, organisation=one.offer.organisation)
    with pytest.raises(Refused, match="w którego imieniu działasz"):
        advance(application_id=one.pk, step="take", role=Actor.CLERK, actor=clerk, now=NOW)
    assert not Step.objects.exists()


def test_the_clock_stands_while_the_applicant_is_waited_for():
    clerk = account(Role.COORDINATOR)
    one = ApplicationFactory(state=A.FORMAL_CHECK)
    passed = advance(application_id=one.pk, step="pass", role=Actor.CLERK, actor=clerk, now=NOW)
    assert str(passed.due_at) == "2027-02-24 00:00:00+01:00"
    one.pauses.create(since=NOW + timedelta(days=1), until=NOW + timedelta(days=6, hours=1))
    moved = advance(application_id=one.pk, step="assign", role=Actor.CLERK, actor=clerk, now=NOW + timedelta(days=7))
    assert moved.due_at == passed.due_at + timedelta(days=6)


@pytest.mark.parametrize(
    "nonsense",
    [
        "state = 'nonsense'",
        "number = 'ZP/2026/001'",
        "submitted_at = now()",
        "state = 'submitted'",
        "state = 'assessment', number = 'ZP/2026/001', submitted_at = now()",
        "decided_at = now()",
        "state = 'refused', number = 'ZP/2026/001', submitted_at = now()",
    ],
)
def test_the_database_refuses_impossible_cases(nonsense):
    one = ApplicationFactory()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE quality_mark_application SET {nonsense} WHERE id = %s", [one.pk])  # noqa: S608


def test_an_offer_has_one_running_application():
    one = ApplicationFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ApplicationFactory(offer=one.offer)
    Application.objects.update(state=A.WITHDRAWN, decided_at=NOW)
    assert ApplicationFactory(offer=one.offer).pk
