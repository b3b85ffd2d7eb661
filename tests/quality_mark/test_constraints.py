"""Nonsense that the database itself refuses, whoever writes it and by whatever road."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.choices import Role
from quality_mark.choices import ApplicationKind, MarkState
from quality_mark.choices import ApplicationState as A
from quality_mark.models import (
    Agreement,
    Application,
    Call,
    Certificate,
    Complaint,
    FormalCriterion,
    Mark,
    MarkStep,
    Reopening,
    Rulebook,
    Score,
    SignDownload,
    Step,
    Suspension,
    Verdict,
    Vote,
)
from quality_mark.use_cases.moving import advance, advance_mark
from quality_mark.voting import Result
from tests.accounts.factories import account
from tests.quality_mark import judging, office
from tests.quality_mark.factories import NOW, ApplicationFactory, MarkFactory, RulebookFactory
from tests.quality_mark.marks import granted, marked

pytestmark = pytest.mark.django_db
BEFORE, AFTER = NOW - timedelta(days=400), NOW + timedelta(days=400)


def refused(name, action, *, at_the_end=False):
    """By the constraint of this name; some are asked at the end of a transaction."""

    def written():
        with transaction.atomic():
            action()
            if at_the_end:
                connection.check_constraints()

    with pytest.raises(DatabaseError) as caught:
        written()
    diag = caught.value.__cause__.diag
    assert name in (diag.constraint_name or diag.message_primary)


def row(model, **fields):
    """Writes these fields of the only row."""
    return lambda: model.objects.update(**fields)


def test_the_dates_of_an_application_are_in_their_order():
    ApplicationFactory(state=A.REFUSED)
    refused("quality_mark_app_submitted", row(Application, submitted_at=BEFORE, complete_at=None, decided_at=AFTER))
    refused("quality_mark_app_completed", row(Application, complete_at=BEFORE))
    refused("quality_mark_app_decided_after", row(Application, decided_at=BEFORE))


def test_a_first_application_renews_nothing():
    mark = marked()
    refused("quality_mark_app_renews_a_mark", row(Application, kind=ApplicationKind.FIRST, mark=mark))


def test_a_mark_has_the_licence_as_long_as_which_it_is_valid():
    refused("quality_mark_mark_licensed", MarkFactory, at_the_end=True)
    marked()
    refused("quality_mark_mark_licensed", row(Mark, valid_until=AFTER.date()), at_the_end=True)


def test_what_was_done_is_never_written_anew():
    case, mark = ApplicationFactory(state=A.SUBMITTED), marked(number="ZP/2025/001")
    clerk = account(Role.COORDINATOR)
    advance(application_id=case.pk, step="take", role="biuro", actor=clerk, now=NOW)
    advance_mark(mark_id=mark.pk, step="open_renewal", role="czas", now=NOW)
    for model in (Step, MarkStep):
        refused("Cannot update rows", row(model, note="Było inaczej."))
    refused("quality_mark_step_kept", Step.objects.all().delete)
    refused("Cannot delete rows", MarkStep.objects.all().delete)
    SignDownload.objects.create(mark=mark, person=clerk, files=1, at=NOW)
    refused("Cannot update rows", row(SignDownload, files=2))
    # An account that goes leaves what it did, as nobody's.
    clerk.delete()
    assert (Step.objects.get().actor, SignDownload.objects.get().person) == (None, None)


@pytest.mark.parametrize("step", ["grant", "refuse", "fail", "unsigned"])
def test_nothing_is_decided_without_reasons(step):
    case = ApplicationFactory(state=A.COMMISSION)
    given = {"application": case, "name": step, "source": A.COMMISSION, "target": A.REFUSED, "role": "dyrektor"}
    refused("quality_mark_step_reasoned", lambda: Step.objects.create(**given, at=NOW))


def test_a_call_is_answered_in_its_time_and_not_after_it_was_taken_back():
    person = office.clerk()
    office.called(office.checked(person), person)
    call = Call.objects.get()
    refused("quality_mark_call_answered", row(Call, answered_at=call.due_at))
    refused("quality_mark_call_answered", row(Call, answered_at=BEFORE))
    refused("quality_mark_call_answered", row(Call, answered_at=call.sent_at, withdrawn_at=call.sent_at))
    refused("quality_mark_call_withdrawn", row(Call, withdrawn_at=BEFORE))


def test_a_criterion_is_one_of_the_rules_of_the_case():
    case, other = ApplicationFactory(state=A.FORMAL_CHECK), RulebookFactory()
    formal, scored = other.formalcriterion_set.first(), other.substantivecriterion_set.first()
    refused(
        "quality_mark_verdict_rules",
        lambda: Verdict.objects.create(application=case, criterion=formal, is_met=True, at=NOW),
    )
    assessment = case.assessments.create(assessor=account(Role.ASSESSOR), asked_at=NOW, due_on=NOW.date())
    refused("quality_mark_score_rules", lambda: Score.objects.create(assessment=assessment, criterion=scored, value=1))


def test_a_score_is_within_its_scale_and_does_not_move_into_an_assessment_that_was_sent():
    case, clerk = judging.case(), account(Role.COORDINATOR)
    sent, other = judging.assigned(case, judging.assessors(), clerk).values()
    judging.scored(sent, 3, 3)
    first, second = case.rulebook.substantivecriterion_set.all()
    new = Score.objects.create(assessment=other, criterion=first, value=5)
    refused("quality_mark_score_scale", lambda: Score.objects.filter(pk=new.pk).update(value=6))
    refused("quality_mark_score_sent", lambda: Score.objects.filter(pk=new.pk).update(assessment=sent))
    refused("_value_check", lambda: Score.objects.filter(pk=new.pk).update(value=-1))


def test_a_part_of_a_draft_does_not_move_into_announced_rules():
    announced, draft = RulebookFactory(), RulebookFactory(announced=False)
    part = FormalCriterion.objects.create(rulebook=draft, code="nowe", title="Nowe")
    refused(
        "quality_mark_rules_announced", lambda: FormalCriterion.objects.filter(pk=part.pk).update(rulebook=announced)
    )


@pytest.mark.parametrize("field", ["remote_hours", "suspension_days", "assessors", "licence_months"])
def test_rules_do_not_give_no_time_at_all(field):
    Rulebook.objects.all().delete()
    RulebookFactory(announced=False)
    refused("quality_mark_rulebook_positive", row(Rulebook, **{field: 0}))


def test_a_vote_says_what_its_ballots_say_and_stays_as_it_was_counted():
    case, clerk = judging.case(A.COMMISSION), account(Role.COORDINATOR)
    term, members = judging.commission_of(clerk)
    item = judging.sitting_with(term, [case], clerk, members=members).items.get()
    counted = {"seats": 3, "opens_at": NOW, "closed_at": NOW, "present": 3, "is_secret": False}
    refused(
        "quality_mark_vote_ballots",
        lambda: item.votes.create(number=1, result=Result.YES, votes_for=3, **counted),
    )
    refused("quality_mark_vote_yes_of_somebody", lambda: item.votes.create(number=1, result=Result.YES, **counted))
    judging.voted(item, dict.fromkeys(members, "za"), clerk)
    refused("quality_mark_vote_stays", row(Vote, votes_for=2, votes_against=1))


def test_an_agreement_is_signed_after_it_was_made_and_a_licence_by_the_office_last():
    granted()
    refused("quality_mark_agreement_signed_somehow", row(Agreement, holder_signed_at=BEFORE))
    refused("quality_mark_agreement_signed_somehow", row(Agreement, holder_signed_by=""))
    licence = marked(number="ZP/2025/001").licences.get()
    refused("quality_mark_licence_signed", lambda: _update(licence, office_signed_on=BEFORE.date()))
    Certificate.objects.create(licence=licence, asked_at=NOW)
    made = {"made_at": BEFORE, "file": "x.pdf", "sha256": "0" * 64}
    refused("quality_mark_certificate_after", row(Certificate, **made))


def test_suspensions_and_complaints_are_over_after_they_began():
    mark = marked()
    Suspension.objects.create(mark=mark, reason="x", since=NOW, hearing_until=AFTER, ends_by=AFTER)
    refused("quality_mark_suspension_order", row(Suspension, ended_at=BEFORE))
    refused("quality_mark_suspension_order", row(Suspension, explanation="x", explained_at=AFTER))
    refused("quality_mark_suspension_hearing", row(Suspension, ends_by=BEFORE))
    Complaint.objects.create(mark=mark, text="x", filed_at=NOW)
    decided = {"decided_at": BEFORE, "outcome": "oddalona", "answer": "x"}
    refused("quality_mark_complaint_after", row(Complaint, **decided))


def test_a_reopening_stays_as_it_was_written():
    case, clerk = judging.case(), account(Role.COORDINATOR)
    first, _ = judging.assigned(case, judging.assessors(), clerk).values()
    Reopening.objects.create(assessment=first, reason="Pomyłka.", sent_at=NOW, at=NOW)
    refused("Cannot update rows", row(Reopening, reason="Inna."))


def _update(one, **fields):
    type(one).objects.filter(pk=one.pk).update(**fields)


def test_two_applications_of_one_offer_and_two_marks_that_live_are_refused():
    case, mark = ApplicationFactory(state=A.SUBMITTED), marked(number="ZP/2025/001")
    refused("quality_mark_app_one_running", lambda: ApplicationFactory(offer=case.offer, rulebook=case.rulebook))
    again = {"state": MarkState.SUSPENDED, "offer": mark.offer}
    refused("quality_mark_mark_one_living", lambda: MarkFactory(**again))
