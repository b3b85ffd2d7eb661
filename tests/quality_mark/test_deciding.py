"""The director: what may be decided, once, with reasons, and never one's own case."""

from datetime import timedelta

import pytest

from accounts.choices import Role
from core.exceptions import Refused
from quality_mark.choices import ApplicationState as A
from quality_mark.decisions.letter import decision_pdf
from quality_mark.decisions.waiting import waiting
from quality_mark.models import Verdict
from quality_mark.use_cases import assigning, deciding
from quality_mark.use_cases.moving import advance
from quality_mark.voting import Choice
from quality_mark.wording import fill, paragraphs
from tests.accounts.factories import account, hold
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW, RulebookFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


@pytest.fixture
def director():
    return account(Role.DIRECTOR)


def test_nothing_is_granted_before_the_minutes_are_signed(clerk, director):
    case = judging.case(A.COMMISSION)
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, [case], clerk, members=members)
    judging.voted(sitting.items.get(), dict.fromkeys(members, Choice.FOR), clerk)
    assert not waiting(director, NOW).exists()
    with pytest.raises(Refused, match="nie wydała jeszcze rekomendacji"):
        judging.decided(case, "grant", director)
    judging.signed(sitting, members[0].person)
    assert waiting(director, NOW).get() == case


def test_a_mark_is_not_granted_against_the_commission(clerk, director):
    case = judging.case(A.COMMISSION)
    judging.recommended(case, clerk, Choice.AGAINST)
    with pytest.raises(Refused, match="nie zarekomendowała"):
        judging.decided(case, "grant", director)
    assert judging.decided(case, "refuse", director).state == A.REFUSED


def test_two_presses_are_one_decision_and_two_directors_do_not_overwrite_each_other(clerk, director):
    case = judging.case(A.COMMISSION)
    judging.recommended(case, clerk)
    judging.decided(case, "grant", director)
    assert judging.decided(case, "grant", director, NOW + timedelta(seconds=2)).state == A.GRANTED
    other = account(Role.DIRECTOR, email="zastepca@example.pl")
    for step in ("grant", "refuse"):
        with pytest.raises(Refused, match="ktoś mógł zmienić stan"):
            judging.decided(case, step, other)
    assert (case.papers.count(), case.steps.count()) == (1, 1)


def test_the_case_of_ones_own_organisation_is_for_somebody_else(clerk, director):
    case = judging.case(A.COMMISSION)
    judging.recommended(case, clerk)
    hold(director, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    assert not waiting(director, NOW).exists()
    with pytest.raises(Refused, match="w którego imieniu"):
        judging.decided(case, "grant", director)


def test_what_came_back_for_more_needs_a_new_recommendation(clerk, director):
    case = judging.case(A.ASSESSMENT)
    for person in judging.assessors():
        row = case.assessments.create(assessor=person, asked_at=NOW, due_on=NOW.date(), declared_at=NOW)
        judging.scored(row, 4, 4)
    assigning.put(application_id=case.pk, actor=clerk, now=NOW - timedelta(hours=1))
    judging.recommended(case, clerk)
    assert judging.decided(case, "more", director, reason="Jakie maszyny?").state == A.ASSESSMENT
    later = NOW + timedelta(days=2)
    assigning.put(application_id=case.pk, actor=clerk, now=later)
    assert not waiting(director, NOW).exists()
    with pytest.raises(Refused, match="nie wydała jeszcze"):
        judging.decided(case, "grant", director, later)


def test_a_grant_that_was_taken_back_keeps_its_recommendation(clerk, director):
    case = judging.case(A.COMMISSION)
    judging.recommended(case, clerk)
    judging.decided(case, "grant", director)
    advance(application_id=case.pk, step="ungrant", role="dyrektor", actor=director, now=NOW)
    assert waiting(director, NOW).get() == case


def test_failed_formal_criteria_are_decided_on_when_the_office_has_found_one(clerk, director):
    case = judging.case(A.FORMAL_CHECK)
    with pytest.raises(Refused, match="nie stwierdziło"):
        judging.decided(case, "fail", director)
    criterion = case.rulebook.formalcriterion_set.first()
    Verdict.objects.create(application=case, criterion=criterion, is_met=False, at=NOW)
    assert waiting(director, NOW).get() == case
    assert deciding.step_for("refuse", case) == "fail"
    with pytest.raises(Refused, match="można tylko odmówić"):
        judging.decided(case, "grant", director)
    failed = judging.decided(case, "fail", director, reason="Przychody własne to 12 %.")
    assert (failed.state, case.papers.get().code) == (A.REFUSED, "odmowa")


def test_several_are_decided_each_for_itself(clerk, director):
    book = judging.rules()
    cases = [judging.case(A.COMMISSION, book) for _ in range(3)]
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, cases, clerk, members=members)
    for item, choice in zip(sitting.items.all(), (Choice.FOR, Choice.AGAINST, Choice.FOR), strict=True):
        judging.voted(item, dict.fromkeys(members, choice), clerk)
    judging.signed(sitting, members[0].person)
    done, refused = deciding.decide_many(
        application_ids=[one.pk for one in cases], step="grant", reason="Spełniają kryteria.", actor=director, now=NOW
    )
    assert [one.pk for one in done] == [cases[0].pk, cases[2].pk]
    assert [number for number, _ in refused] == [cases[1].pk]


@pytest.mark.parametrize(("step", "reason"), [("grant", "  "), ("ungrant", "Bo tak."), ("", "Bo tak.")])
def test_a_decision_has_a_kind_and_reasons(clerk, director, step, reason):
    case = judging.case(A.COMMISSION)
    judging.recommended(case, clerk)
    with pytest.raises(Refused):
        judging.decided(case, step, director, reason=reason)
    case.refresh_from_db()
    assert case.state == A.COMMISSION


def test_a_letter_is_the_words_of_the_rules_with_the_facts_of_the_case():
    facts = {"organisation": "Próg {note} & <b>", "note": ""}
    assert fill("Znak: {organisation}, {nieznane}, {0.__class__}", facts) == (
        "Znak: Próg {note} & <b>, {nieznane}, {0.__class__}"
    )
    assert paragraphs("Raz.\r\n\r\n{note}\r\n\r\nDwa.", facts) == ["Raz.", "Dwa."]


def test_hostile_reasons_are_set_as_they_are():
    case = judging.case(A.COMMISSION)
    reason = '#eval("1") \\ $x$ *b* {number} 🏅 \x00 ' + "a" * 10_000
    title, content = decision_pdf(case, judging.DocumentKind.REFUSAL, reason=reason, due_at=None, now=NOW)
    assert title == f"Odmowa {case.number}"
    assert content.startswith(b"%PDF-")


def test_rules_without_words_for_a_document_stop_what_needs_it(clerk):
    case = judging.case(A.COMMISSION, RulebookFactory())
    with pytest.raises(Refused, match="nie mają wzoru"):
        judging.recommended(case, clerk)
