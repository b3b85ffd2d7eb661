"""What the clock does to many: one that cannot be done keeps no other from it; a double press is one."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.choices import Role
from core.exceptions import Refused
from notifications.models import OutgoingEmail
from quality_mark.choices import ApplicationState as A
from quality_mark.models import Agreement, Application, BallotBox, Certificate, Draw, MisuseReport, Sitting, Vote
from quality_mark.tasks.signing import make_certificates
from quality_mark.tasks.votes import close_vote_windows
from quality_mark.use_cases import (
    agreements,
    commission,
    drawing,
    licensing,
    recommendations,
    silence,
    votes,
    watching,
)
from tests.accounts.factories import account
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.quality_mark.marks import marked
from tests.quality_mark.office import applicant_of
from tests.quality_mark.test_signing_applications import SCANNED_PDF, SIGNED_PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


def file(content, name="plik.pdf"):
    return SimpleUploadedFile(name, content)


def test_an_agreement_or_a_certificate_that_cannot_be_drawn_keeps_no_other_from_it():
    marks = [marked(number=f"ZP/2025/00{number}") for number in (1, 2)]
    for one in marks:
        Certificate.objects.create(licence=one.licences.get(), asked_at=NOW)
    cases = [ApplicationFactory(state=A.GRANTED, number=f"ZP/2025/09{number}") for number in (1, 2)]
    broken = [marks[0].licences.get().application_id, cases[0].pk]
    Application.objects.filter(pk__in=broken).update(applicant=["nobody can read this"])
    make_certificates()
    assert list(Agreement.objects.values_list("application", flat=True)) == [cases[1].pk]
    assert list(Certificate.objects.exclude(made_at=None).values_list("licence__mark", flat=True)) == [marks[1].pk]


def test_a_vote_that_cannot_be_counted_keeps_no_other_open(clerk):
    cases = [judging.case(A.COMMISSION, book) for book in [judging.rules(remote_hours=1)] for _ in range(2)]
    term, _ = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, cases, clerk, is_remote=True)
    first, second = [
        votes.open_vote(item_id=item.pk, is_secret=True, actor=clerk, now=NOW) for item in sitting.items.all()
    ]
    box = BallotBox.objects.get(vote=first)
    box.sums = "no sums"
    box.save()
    close_vote_windows()
    assert list(Vote.objects.filter(closed_at=None)) == [first]
    assert Vote.objects.get(pk=second.pk).closed_at


def test_one_file_is_one_recommendation_however_often_it_is_sent():
    draft = ApplicationFactory()
    given = {"application_id": draft.pk, "recommender": "Szkoła", "actor": applicant_of(draft), "now": NOW}
    first = recommendations.upload(upload=file(SCANNED_PDF), **given)
    assert recommendations.upload(upload=file(SCANNED_PDF, "inna nazwa.pdf"), **given) == first
    assert draft.recommendations.count() == 1
    recommendations.upload(upload=file(SIGNED_PDF), **given)
    assert draft.recommendations.count() == 2


def test_a_signed_agreement_that_is_sent_again_takes_the_place_of_the_one_before():
    case = ApplicationFactory(state=A.GRANTED)
    agreements.prepare(application_id=case.pk, now=NOW)
    person = applicant_of(case)
    for content in (SCANNED_PDF, SCANNED_PDF, SIGNED_PDF):
        agreements.sign_by_file(application_id=case.pk, upload=file(content), actor=person, now=NOW)
    kept = case.papers.filter(code=agreements.SIGNED)
    assert kept.count() == 2
    assert [one.pk for one in kept.filter(removed_at=None)] == [Agreement.objects.get().signed_id]


def test_an_application_that_is_granted_anew_gets_an_agreement_of_its_own(clerk):
    case = ApplicationFactory(state=A.GRANTED)
    first, person = agreements.prepare(application_id=case.pk, now=NOW), applicant_of(case)
    agreements.sign_by_declaration(application_id=case.pk, name="Anna Lis", actor=person, now=NOW)
    later = NOW + timedelta(days=90)
    Application.objects.update(decided_at=later)
    with pytest.raises(Refused, match="nie podpisał jeszcze"):
        licensing.countersign(application_id=case.pk, actor=clerk, now=later)
    with pytest.raises(Refused, match="w przygotowaniu"):
        agreements.sign_by_declaration(application_id=case.pk, name="Anna Lis", actor=person, now=later)
    assert agreements.unprepared() == [case.pk]
    again = agreements.prepare(application_id=case.pk, now=later)
    assert (again.pk, again.holder_signed_at, again.signed_name) == (first.pk, None, "")
    assert again.paper != first.paper
    assert agreements.unprepared() == []


def test_a_lot_that_is_drawn_twice_in_a_minute_is_one(clerk):
    for number in range(4):
        marked(number=f"ZP/2025/00{number}")
    first = drawing.draw(count=2, actor=clerk, now=NOW)
    assert drawing.draw(count=2, actor=clerk, now=NOW + timedelta(seconds=3)) == first
    assert drawing.draw(count=2, actor=clerk, now=NOW + timedelta(hours=1)) != first
    assert Draw.objects.count() == 2


def test_a_sitting_that_is_planned_twice_is_one(clerk):
    term, _ = judging.commission_of(clerk)
    given = {"term_id": term.pk, "starts_at": NOW, "place": "Sala 1", "actor": clerk}
    assert commission.plan_sitting(**given) == commission.plan_sitting(**given)
    commission.plan_sitting(**given | {"place": "Sala 2"})
    assert Sitting.objects.count() == 2


def test_a_report_that_is_sent_twice_is_one():
    given = {"number": "ZP/2025/001", "place": "sklep", "message": "Nie to."}
    first = watching.report_misuse(**given, now=NOW)
    assert watching.report_misuse(**given, now=NOW + timedelta(seconds=5)) == first
    watching.report_misuse(**given, now=NOW + timedelta(days=1))
    assert MisuseReport.objects.count() == 2


def test_of_a_case_that_is_late_it_is_told_once_also_when_the_letter_is_not_kept_any_more(clerk):
    ApplicationFactory(state=A.ASSESSMENT, due_at=NOW - timedelta(days=1), handled_by=clerk)
    silence.tell_overdue(now=NOW)
    assert OutgoingEmail.objects.count() == 1
    OutgoingEmail.objects.all().delete()
    silence.tell_overdue(now=NOW + timedelta(days=181))
    assert not OutgoingEmail.objects.exists()


def test_nobody_votes_in_a_commission_whose_term_is_over(clerk):
    case = judging.case(A.COMMISSION)
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, [case], clerk, members=members)
    vote = votes.open_vote(item_id=sitting.items.get().pk, actor=clerk, now=NOW)
    votes.cast(vote_id=vote.pk, choice="za", actor=members[0].person, now=NOW)
    type(term).objects.filter(pk=term.pk).update(ends_on=NOW.date())
    votes.cast(vote_id=vote.pk, choice="za", actor=members[1].person, now=NOW)
    after = NOW + timedelta(days=1)
    with pytest.raises(Refused, match="skończyła się"):
        votes.cast(vote_id=vote.pk, choice="za", actor=members[2].person, now=after)
    closed = votes.close(vote_id=vote.pk, actor=clerk, now=after)
    assert closed.votes_for == 2
    assert judging.signed(sitting, members[0].person, now=after).signed_at
