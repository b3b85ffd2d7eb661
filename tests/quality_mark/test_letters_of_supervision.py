"""The office hears of complaints, explanations and reports, the applicant of what was asked and said."""

from datetime import timedelta

import pytest

from accounts.choices import Role
from notifications.models import OutgoingEmail
from quality_mark.choices import Actor, Outcome
from quality_mark.choices import ApplicationState as A
from quality_mark.use_cases import complaints, deciding, supervision, watching
from tests.accounts.factories import account, hold
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW
from tests.quality_mark.judging_pages import browser, url
from tests.quality_mark.marks import holder, marked
from tests.quality_mark.office import applicant_of
from tests.quality_mark.test_letters_of_judging import letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


@pytest.fixture
def head():
    return account(Role.DIRECTOR)


def panel(person):
    return browser(person).get("/panel/").text


def refused(head, clerk):
    """(case, applicant) of a refusal of today."""
    case = judging.case(A.COMMISSION, judging.rules(complaint_body="Marszałek"))
    judging.recommended(case, clerk)
    judging.decided(case, "refuse", head)
    return case, applicant_of(case)


@pytest.mark.parametrize("role", [Actor.DIRECTOR, Actor.CHAIR, Actor.CLERK])
def test_whoever_asks_for_more_asks_the_applicant_too(clerk, head, role):
    case = judging.case(A.COMMISSION)
    person = applicant_of(case)
    if role == Actor.DIRECTOR:
        deciding.decide(application_id=case.pk, step="more", reason="Jakie maszyny?", actor=head, now=NOW)
    else:
        actor = account(Role.COMMISSION) if role == Actor.CHAIR else clerk
        deciding.ask_for_more(application_id=case.pk, reason="Jakie maszyny?", role=role, actor=actor, now=NOW)
    assert letters("more_asked") == [person.email]
    letter = OutgoingEmail.objects.get(template="quality_mark/email/more_asked")
    assert "Jakie maszyny?" in letter.body
    assert f"/panel/znak/{case.pk}/wiadomosci/" in letter.body
    assert "Jakie maszyny?" in browser(person).get(url("application", case.pk)).text


def test_a_complaint_about_an_application_reaches_the_office_and_its_outcome_the_applicant(clerk, head):
    case, person = refused(head, clerk)
    own = hold(
        account(Role.COORDINATOR, email="swoj@example.pl"), Role.REPRESENTATIVE, organisation=case.offer.organisation
    )
    made = complaints.complain_about_application(application_id=case.pk, text="Błąd.", actor=person, now=NOW)
    assert letters("complaint_filed") == sorted([clerk.email, head.email])
    assert own.user.email not in letters("complaint_filed")
    bodies = dict(OutgoingEmail.objects.filter(template__endswith="complaint_filed").values_list("to", "body"))
    assert url("case", case.pk) in bodies[clerk.email]
    assert url("complaint_desk", made.pk) in bodies[head.email]
    assert "Skargi w sprawach znaku: 1" in panel(clerk)
    assert "Skargi w sprawach znaku: 1" in panel(head)
    assert "Błąd." in browser(clerk).get(url("case", case.pk)).text
    # The office may read of it; whoever decides it has its page.
    assert url("complaint_desk", made.pk) not in browser(clerk).get(url("marks")).text
    assert url("complaint_desk", made.pk) in browser(head).get(url("marks")).text
    waits = browser(person).get(url("application", case.pk)).text
    assert ("czeka na rozpatrzenie" in waits, "rozpatruje: Marszałek" in waits) == (True, True)
    assert "Skargę można złożyć" not in waits
    complaints.decide(complaint_id=made.pk, outcome=Outcome.DISMISSED, answer="Za mało.", actor=head, now=NOW)
    told = browser(person).get(url("application", case.pk)).text
    assert ("oddalona" in told, "Za mało." in told) == (True, True)


def test_an_explanation_reaches_the_office_and_the_director_once_a_day(clerk, head):
    mark = marked()
    person = holder(mark)
    supervision.suspend(mark_id=mark.pk, reason="Inny produkt.", actor=head, now=NOW)
    for hours in (0, 1, 24):
        given = {"text": f"Pomyłka {hours}.", "actor": person, "now": NOW + timedelta(hours=hours)}
        supervision.explain(mark_id=mark.pk, **given)
    assert letters("explained") == sorted([clerk.email, head.email] * 2)
    assert "Zawieszone znaki po wyjaśnieniach: 1" in panel(clerk)


def test_a_complaint_about_a_mark_reaches_the_office(clerk, head):
    mark = marked()
    person = holder(mark)
    supervision.suspend(mark_id=mark.pk, reason="Inny produkt.", actor=head, now=NOW)
    made = complaints.complain_about_mark(mark_id=mark.pk, text="Błąd.", actor=person, now=NOW)
    bodies = dict(OutgoingEmail.objects.filter(template__endswith="complaint_filed").values_list("to", "body"))
    assert set(bodies) == {clerk.email, head.email}
    assert url("mark_desk", mark.pk) in bodies[clerk.email]
    page = browser(clerk).get(url("mark_desk", mark.pk)).text
    assert url("complaint_desk", made.pk) not in page


def test_a_report_of_misuse_reaches_the_office_without_the_address_of_whoever_wrote(clerk, head):
    given = {"place": "Sklep", "message": "Znak na serze.", "email": "ktos@example.pl", "now": NOW}
    report = watching.report_misuse(number="ZP/1999/001", **given)
    assert letters("misuse_reported") == [clerk.email]
    body = OutgoingEmail.objects.get().body
    assert url("report_desk", report.pk) in body
    assert ("Sklep" in body, "ktos@example.pl" in body) == (True, False)
    assert "Zgłoszenia nadużyć znaku: 1" in panel(clerk)
