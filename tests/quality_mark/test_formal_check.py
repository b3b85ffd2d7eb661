"""The formal check: one coordinator handles a case, every criterion is answered, and steps are taken back."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from accounts.choices import Role
from core.exceptions import Refused
from notifications.models import OutgoingEmail
from quality_mark.choices import ApplicationState
from quality_mark.models import FormalCriterion, Rulebook, Step, Verdict
from quality_mark.use_cases import checking
from tests.accounts.factories import account, hold
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.quality_mark.office import address, applicant_of, case_in, checked, clerk, met, signed_in

pytestmark = pytest.mark.django_db
A = ApplicationState


@pytest.fixture
def ola():
    return clerk()


def test_whoever_takes_a_case_handles_it_and_the_other_is_told(ola):
    ewa, case = clerk("ewa@example.pl"), case_in(A.SUBMITTED)
    taken = checking.take(application_id=case.pk, actor=ola, now=NOW)
    assert (taken.state, taken.handled_by) == (A.FORMAL_CHECK, ola)
    with pytest.raises(Refused, match="prowadzi już ola@example.pl"):
        checking.take(application_id=case.pk, actor=ewa, now=NOW)
    # A double press is one step.
    checking.take(application_id=case.pk, actor=ola, now=NOW)
    assert Step.objects.filter(name="take").count() == 1


def test_only_whoever_handles_a_case_checks_it_and_it_may_be_taken_over(ola):
    ewa, zofia = clerk("ewa@example.pl"), clerk("zofia@example.pl")
    case = checked(ola)
    with pytest.raises(Refused, match=r"prowadzi ola@example\.pl"):
        met(case, ewa)
    checking.take_over(application_id=case.pk, seen_handler=ola.pk, actor=ewa, now=NOW)
    met(case, ewa)
    with pytest.raises(Refused, match=r"prowadzi ją: ewa@example\.pl"):
        checking.take_over(application_id=case.pk, seen_handler=ola.pk, actor=zofia, now=NOW)


def test_a_case_passes_only_when_every_criterion_is_met(ola):
    case = checked(ola)
    first, second = case.rulebook.formalcriterion_set.all()
    person = applicant_of(case)
    for second_answer in (None, False):
        checking.judge(
            application_id=case.pk,
            verdicts={first.pk: (True, ""), second.pk: (second_answer, "bo nie")},
            actor=ola,
            now=NOW,
        )
        with pytest.raises(Refused, match="„przychody” bez „tak”"):
            checking.pass_on(application_id=case.pk, actor=ola, now=NOW)
    met(case, ola)
    passed = checking.pass_on(application_id=case.pk, actor=ola, now=NOW)
    assert (passed.state, passed.complete_at) == (A.FORMAL_OK, NOW)
    [letter] = OutgoingEmail.objects.all()
    assert letter.to == person.email
    assert "do 23 lutego 2027" in letter.body.replace("\N{NO-BREAK SPACE}", " ")


def test_a_verdict_tells_who_gave_it_and_criteria_of_other_rules_are_left_out(ola):
    case = checked(ola)
    foreign = FormalCriterion.objects.get(rulebook=ApplicationFactory().rulebook, code="przychody")
    own = case.rulebook.formalcriterion_set.first()
    verdicts = {own.pk: (True, "KRS"), foreign.pk: (True, "")}
    checking.judge(application_id=case.pk, verdicts=verdicts, actor=ola, now=NOW)
    checking.judge(application_id=case.pk, verdicts=verdicts, actor=ola, now=NOW + timedelta(days=1))
    [one] = Verdict.objects.all()
    assert (one.criterion, one.by, one.at, one.note) == (own, ola, NOW, "KRS")


@pytest.mark.parametrize(
    ("state", "step", "target"),
    [(A.FORMAL_CHECK, "untake", A.SUBMITTED), (A.FORMAL_OK, "unpass", A.FORMAL_CHECK)],
)
def test_a_step_is_taken_back_only_with_a_reason(ola, state, step, target):
    case = case_in(state, handled_by=ola)
    with pytest.raises(Refused, match="dlaczego"):
        checking.undo(application_id=case.pk, step=step, reason=" ", actor=ola, now=NOW)
    moved = checking.undo(application_id=case.pk, step=step, reason="Pomyłka.", actor=ola, now=NOW)
    assert (moved.state, moved.complete_at, moved.latest.note) == (target, None, "Pomyłka.")
    assert moved.handled_by == (None if step == "untake" else ola)


def test_nobody_checks_the_case_of_an_organisation_of_their_own_however_they_ask(ola):
    case = checked(ola)
    hold(ola, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    with pytest.raises(Refused, match="w którego imieniu działasz"):
        met(case, ola)
    browser = signed_in(ola)
    assert b"Prowadzi j\xc4\x85 kto\xc5\x9b inny" in browser.get(address("case", case)).content
    for name in ("formal_check", "case_call", "case_messages"):
        assert browser.get(address(name, case)).status_code == 404
    for step in ("pass", "untake"):
        assert browser.post(address("case_step", case, step=step), {"reason": "x"}).status_code == 404
    assert browser.post(address("case_take", case)).status_code == 404
    assert not Step.objects.exists()


def test_papers_that_the_applicant_does_not_see_are_hidden_from_a_coordinator_of_theirs(ola):
    case = checked(ola)
    paper = case.papers.create(
        code="notatka", file=ContentFile(b"%PDF-1.7", "a.pdf"), name="a.pdf", uploaded_at=NOW, size=8,
        content_type="application/pdf", sha256="0" * 64, is_of_office=True, is_shown=False,
    )  # fmt: skip
    assert _status(ola, paper) == 200
    hold(ola, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    assert _status(ola, paper) == 404


def _status(person, paper):
    response = signed_in(person).get(reverse("quality_mark:paper", args=[paper.pk]))
    for close in response._resource_closers:  # response.close() would end the test's connection as well
        close()
    return response.status_code


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.COMMISSION, Role.DIRECTOR, Role.REPRESENTATIVE])
def test_other_roles_neither_see_nor_take_a_case(role):
    case = case_in(A.SUBMITTED)
    person = account(role)
    browser = signed_in(person)
    assert browser.get(address("case", case)).status_code == 404
    assert browser.post(address("case_take", case)).status_code == 404
    with pytest.raises(Refused, match="należy do kogoś innego"):
        checking.take(application_id=case.pk, actor=person, now=NOW)


def test_directors_hear_of_a_case_that_fails_once_a_day(ola):
    director = account(Role.DIRECTOR)
    case = checked(ola)
    proposal = {"application_id": case.pk, "reason": "Udział 12 %.", "actor": ola, "now": NOW}
    met(case, ola)
    with pytest.raises(Refused, match="Żadne kryterium"):
        checking.propose_failure(**proposal)
    met(case, ola, is_met=False)
    checking.propose_failure(**proposal)
    checking.propose_failure(**proposal)
    [letter] = OutgoingEmail.objects.filter(to=director.email)
    assert "Udział 12 %." in letter.body
    case.refresh_from_db()
    assert case.state == A.FORMAL_CHECK


def test_the_page_keeps_what_was_answered_and_shows_what_the_portal_computes(ola):
    case = checked(ola, rulebook__announced=False)
    rules = case.rulebook
    rules.formalcriterion_set.filter(code="przychody").update(computed="income")
    Rulebook.objects.filter(pk=rules.pk).update(published_at=NOW)
    case.answers |= {"przychody": {"year1": "2025", "total1": "1000", "own1": "100"}}
    case.save(update_fields=["answers"])
    browser = signed_in(ola)
    page = browser.get(address("formal_check", case)).content.decode()
    assert "Przychody własne to 10,00" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "portal: niespełnione" in page
    first, second = rules.formalcriterion_set.all()
    sent = {f"kryterium-{first.pk}": "tak", f"kryterium-{second.pk}": "nie", f"notatka-{second.pk}": "Za mało."}
    assert browser.post(address("formal_check", case), sent).status_code == 302
    assert {(one.criterion_id, one.is_met, one.note) for one in case.verdicts.all()} == {
        (first.pk, True, ""),
        (second.pk, False, "Za mało."),
    }
    page = browser.get(address("case_step", case, step="pass")).content.decode()
    assert "„przychody” bez „tak”" in page


def test_a_step_that_is_not_possible_leads_back_and_an_unknown_one_is_nothing(ola):
    case = checked(ola)
    browser = signed_in(ola)
    assert browser.get(address("case_step", case, step="unpass")).headers["Location"] == address("case", case)
    assert browser.post(address("case_step", case, step="unpass"), {"reason": "x"}).status_code == 422
    assert browser.post(address("case_step", case, step="untake"), {"reason": ""}).status_code == 422
    assert browser.get(address("case_step", case, step="grant")).status_code == 404
    assert browser.post(address("case_step", case, step="untake"), {"reason": "Pomyłka"}).status_code == 302
