"""Letters about the agreement: when it waits, when its time ends, when it is signed, when nobody has signed it."""

from datetime import timedelta

import pytest
from pypdf import PdfReader

from accounts.choices import Role
from notifications.models import OutgoingEmail
from quality_mark.choices import ApplicationState as A
from quality_mark.models import Application
from quality_mark.tasks.calls import remind_of_agreements
from quality_mark.use_cases import agreements, licensing
from tests.accounts.factories import account
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.quality_mark.marks import offer

pytestmark = pytest.mark.django_db
UNTIL = NOW + timedelta(days=30)


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


@pytest.fixture
def one(clerk):
    return ApplicationFactory(
        state=A.GRANTED, offer=offer(), due_at=UNTIL, handled_by=clerk, rulebook__complaint_body="Marszałek"
    )


@pytest.fixture
def holder(one):
    return account(Role.REPRESENTATIVE, organisation=one.offer.organisation, email="zarzad@example.pl")


def letters(name):
    rows = OutgoingEmail.objects.filter(template=f"quality_mark/email/{name}")
    return list(rows.order_by("to").values_list("to", flat=True))


def test_both_sides_hear_of_each_step_until_the_mark_is_valid(one, holder, clerk):
    for _ in range(2):
        agreements.prepare(application_id=one.pk, now=NOW)
    assert letters("agreement") == [holder.email]
    assert "23 grudnia 2026" in OutgoingEmail.objects.get().body.replace("\N{NO-BREAK SPACE}", " ")
    agreements.sign_by_declaration(application_id=one.pk, name="Anna Lis, prezeska", actor=holder, now=NOW)
    assert letters("agreement_signed") == [clerk.email]
    licence = licensing.countersign(application_id=one.pk, actor=clerk, now=NOW)
    [letter] = OutgoingEmail.objects.filter(template="quality_mark/email/licensed")
    assert (letter.to, f"/panel/znak/znaki/{licence.mark_id}/" in letter.body) == (holder.email, True)


def test_a_week_before_the_deadline_whoever_has_not_signed_is_told_once(one, holder, monkeypatch):
    agreements.prepare(application_id=one.pk, now=NOW)
    for days, told in ((20, []), (24, [holder.email]), (25, [holder.email])):
        monkeypatch.setattr("quality_mark.tasks.calls.timezone.now", lambda: NOW + timedelta(days=days))  # noqa: B023
        remind_of_agreements()
        assert letters("agreement_reminder") == told


def test_who_has_signed_is_not_reminded(one, holder):
    agreements.prepare(application_id=one.pk, now=NOW)
    agreements.sign_by_declaration(application_id=one.pk, name="Anna Lis, prezeska", actor=holder, now=NOW)
    assert agreements.remind(now=NOW + timedelta(days=25)) == 0


def test_an_agreement_that_nobody_signed_ends_with_a_paper_that_names_the_complaint(one, holder):
    agreements.unsigned(application_id=one.pk, actor=account(Role.DIRECTOR), now=UNTIL + timedelta(days=1))
    assert Application.objects.get(pk=one.pk).state == A.REFUSED
    assert letters("unsigned") == [holder.email]
    paper = one.steps.get().paper
    with paper.file.open() as file:
        text = " ".join(PdfReader(file).pages[0].extract_text().split())
    assert "Umowy nie podpisano w terminie." in text
    assert "Skargę można złożyć w portalu do 7 stycznia 2027. Rozpatruje ją: Marszałek." in text
