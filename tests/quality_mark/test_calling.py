"""Calls to complete: faults, a last moment by the rules, an answer that shows only what changed, the clock."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from core.exceptions import Refused
from core.weaving import seen_of
from notifications.models import OutgoingEmail
from quality_mark.applying import steps
from quality_mark.choices import Actor, ApplicationState
from quality_mark.models import Application, Call, Fault, Paper, RequiredPaper, Rulebook
from quality_mark.office.letters import ANSWERED, CALL_REMINDER, CALLED, LEFT
from quality_mark.office.places import CasePlaces, standing
from quality_mark.tasks.calls import leave_overdue
from quality_mark.use_cases import applying, calling, checking, overdue, papers, recommendations
from tests.quality_mark.factories import NOW, RulebookFactory
from tests.quality_mark.office import WAITING, address, applicant_of, called, checked, clerk, met, signed_in

pytestmark = pytest.mark.django_db
A = ApplicationState
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
GENERAL = {"text": "Wyjaśnij różnicę w nazwie.", "step": "", "field": "", "code": ""}


@pytest.fixture
def ola():
    return clerk()


@pytest.fixture
def case(ola):
    return checked(ola)


@pytest.fixture
def person(case):
    return applicant_of(case)


def saved(case, person, *, step=steps.AIM, now=NOW, **typed):
    seen = seen_of(case.answers.get(step, {}), typed)
    return applying.save(application_id=case.pk, step=step, typed=typed, seen=seen, actor=person, now=now)


def answered(case, person, *, now=NOW, **given):
    return calling.answer(application_id=case.pk, standing=standing, actor=person, now=now, **given)


def late_now(case):
    return Application.objects.get(pk=case.pk).due_at


def test_a_call_has_numbered_faults_a_last_moment_a_letter_and_a_paper(case, ola, person):
    made = called(case, ola, WAITING, GENERAL)
    assert str(made.due_at) == "2026-12-01 00:00:00+01:00"  # seven days, to the end of 30 November
    assert list(made.faults.values_list("number", "text")) == [(1, WAITING["text"]), (2, GENERAL["text"])]
    case.refresh_from_db()
    assert (case.state, case.due_at) == (A.CORRECTION, made.due_at)
    [paper] = Paper.objects.all()
    with paper.file.open() as file:
        content = file.read()
    assert (paper.is_of_office, paper.is_shown, paper.code) == (True, True, "wezwanie")
    assert content.startswith(b"%PDF-")
    assert hashlib.sha256(content).hexdigest() == paper.sha256
    assert case.steps.get(name="call").paper == paper
    [letter] = OutgoingEmail.objects.filter(template=CALLED)
    assert letter.to == person.email
    assert "2. Wyjaśnij różnicę w nazwie." in letter.body


def test_a_last_day_on_all_saints_moves_to_the_next_working_day(case, ola):
    sent = datetime(2026, 10, 25, 9, tzinfo=UTC)
    made = called(case, ola, now=sent)
    assert str(made.due_at) == "2026-11-03 00:00:00+01:00"


def test_a_call_without_faults_is_refused(case, ola):
    with pytest.raises(Refused, match="co najmniej jeden brak"):
        calling.call(application_id=case.pk, faults=[], standing=standing, actor=ola, now=NOW)
    with pytest.raises(Refused, match="najwyżej 40"):
        called(case, ola, *[GENERAL] * 41)
    assert not Call.objects.exists()


def test_only_the_named_places_are_mended(case, ola, person):
    called(case, ola)
    kept = saved(case, person, aim="praca dla osób po kryzysie", results="zmyślone")
    assert kept.answers[steps.AIM] == {"aim": "praca dla osób po kryzysie", "results": "dużo"}
    with pytest.raises(Refused, match="nie dotyczy tego miejsca"):
        saved(case, person, step=steps.OFFER, product="inny")
    with pytest.raises(Refused, match="nie dotyczy tego miejsca"):
        recommendations.ask(application_id=case.pk, recommender="Gmina", email="g@example.pl", actor=person, now=NOW)


def test_two_people_who_mend_at_once_lose_nothing(case, ola, person):
    called(case, ola)
    saved(case, person, aim="pierwszy")
    assert saved(case, person, aim="drugi").differing == ["aim"]
    case.refresh_from_db()
    assert case.answers[steps.AIM] == {"aim": "pierwszy", "results": "dużo"}


def test_a_paper_is_mended_only_under_its_code(ola):
    rules = RulebookFactory(announced=False)
    for code in ("wyciag", "statut"):
        RequiredPaper.objects.create(rulebook=rules, code=code, title=code)
    Rulebook.objects.filter(pk=rules.pk).update(published_at=NOW)
    case = checked(ola, rulebook=rules)
    person = applicant_of(case)
    call = called(case, ola, {"text": "Brak wyciągu.", "step": "", "field": "", "code": "wyciag"})
    sending = {"application_id": case.pk, "actor": person, "now": NOW}
    with pytest.raises(Refused, match="nie dotyczy"):
        papers.add_paper(code="statut", upload=SimpleUploadedFile("s.pdf", PDF), **sending)
    papers.add_paper(code="wyciag", upload=SimpleUploadedFile("krs.pdf", PDF), **sending)
    [change] = CasePlaces(Application.objects.get(pk=case.pk)).changes(call)
    assert (change["before"], change["after"], change["has_changed"]) == ([], ["krs.pdf"], True)


def test_of_a_whole_step_only_the_changed_lines_are_read(case, ola, person):
    call = called(case, ola, WAITING | {"field": ""})
    saved(case, person, aim="praca dla dwunastu osób")
    [change] = CasePlaces(Application.objects.get(pk=case.pk)).changes(call)
    assert [len(change[side]) for side in ("before", "after")] == [1, 1]
    assert "dwunastu" in change["after"][0]


def test_the_office_sees_what_changed_and_nothing_else(case, ola, person):
    called(case, ola, WAITING, WAITING | {"field": "results", "text": "Podaj liczby."}, GENERAL)
    saved(case, person, aim="lepiej")
    moved = answered(case, person, explanation="Nazwa zmieniła się w 2024.")
    assert (moved.state, moved.complete_at) == (A.FORMAL_CHECK, None)
    [letter] = OutgoingEmail.objects.filter(template=ANSWERED)
    assert letter.to == ola.email
    page = signed_in(ola).get(address("formal_check", case)).content.decode()
    assert "<del>Jaki cel społeczny realizuje podmiot: praca</del>" in page
    assert "<ins>Jaki cel społeczny realizuje podmiot: lepiej</ins>" in page
    assert page.count("<del>") == 1
    assert page.count("Nic się nie zmieniło.") == 1
    assert "Nazwa zmieniła się w 2024." in page


def test_a_case_passes_only_when_its_faults_are_cured(case, ola, person):
    call = called(case, ola)
    saved(case, person, aim="lepiej")
    answered(case, person)
    met(case, ola)
    [fault] = call.faults.all()
    for said in (None, False):
        calling.cure(application_id=case.pk, cured={fault.pk: said}, actor=ola, now=NOW)
        with pytest.raises(Refused, match="brak nr 1 nieusunięty"):
            checking.pass_on(application_id=case.pk, actor=ola, now=NOW)
    calling.cure(application_id=case.pk, cured={fault.pk: True}, actor=ola, now=NOW)
    assert checking.pass_on(application_id=case.pk, actor=ola, now=NOW).state == A.FORMAL_OK


def test_an_answer_that_changes_and_says_nothing_is_refused_and_a_second_press_is_one_answer(case, ola, person):
    called(case, ola)
    with pytest.raises(Refused, match="Nic się jeszcze nie zmieniło"):
        answered(case, person)
    answered(case, person, explanation="Tak jest w statucie.")
    assert answered(case, person, explanation="Tak jest w statucie.").state == A.FORMAL_CHECK
    assert case.steps.filter(name="answer").count() == 1


def test_an_answer_after_the_deadline_is_refused(case, ola, person):
    due = called(case, ola).due_at
    with pytest.raises(Refused, match=r"minął 30.listopada.2026"):
        answered(case, person, explanation="x", now=due)
    assert answered(case, person, explanation="x", now=due - timedelta(seconds=1)).state == A.FORMAL_CHECK


def test_nothing_is_mended_once_the_application_is_withdrawn(case, ola, person):
    called(case, ola)
    applying.withdraw(application_id=case.pk, actor=person, now=NOW)
    with pytest.raises(Refused, match="nie można teraz zmieniać"):
        saved(case, person, aim="x")
    with pytest.raises(Refused, match="nie można już odpowiedzieć"):
        answered(case, person, explanation="x")
    browser = signed_in(person)
    assert browser.post(address("step", case, step=steps.AIM), {"aim": "x"}).status_code == 422
    assert browser.post(address("own_call", case), {"explanation": "x"}).status_code == 422
    assert overdue.leave(application_id=case.pk, now=NOW + timedelta(days=60)) is None


def test_a_call_is_taken_back_with_a_reason_and_another_may_follow(case, ola, person):
    called(case, ola)
    with pytest.raises(Refused, match="dlaczego"):
        calling.uncall(application_id=case.pk, reason="", actor=ola, now=NOW)
    assert calling.uncall(application_id=case.pk, reason="Dokument był.", actor=ola, now=NOW).state == A.FORMAL_CHECK
    assert called(case, ola).number == 2
    assert checking.answered_call(case) is None


def test_the_clock_leaves_an_overdue_application_once_with_letter_and_paper(case, ola, person):
    called(case, ola)
    due = late_now(case)
    assert overdue.leave_overdue(now=due - timedelta(seconds=1)) == 0
    with time_machine.travel(due, tick=False):
        leave_overdue()
        leave_overdue()
    case.refresh_from_db()
    assert (case.state, case.decided_at) == (A.LEFT_UNEXAMINED, due)
    [step] = case.steps.filter(name="leave")
    assert (step.role, step.actor, step.paper.code) == (Actor.TIME, None, "bez-rozpatrzenia")
    [letter] = OutgoingEmail.objects.filter(template=LEFT)
    assert letter.to == person.email
    assert Paper.objects.filter(code="bez-rozpatrzenia").count() == 1


def test_one_case_that_cannot_be_left_keeps_no_other_from_it(case, ola):
    other = checked(ola)
    called(case, ola)
    called(other, ola, now=NOW + timedelta(minutes=1))
    # Something nobody foresaw: the number of an application stands in a document, and is no text here.
    Application.objects.filter(pk=case.pk).update(applicant={"name": {"nie": "tekst"}})
    overdue.leave_overdue(now=late_now(other))
    other.refresh_from_db()
    assert other.state == A.LEFT_UNEXAMINED


def test_a_coordinator_leaves_nothing_before_its_time(case, ola):
    called(case, ola)
    with pytest.raises(Refused, match="jeszcze nie minął"):
        overdue.leave(application_id=case.pk, actor=ola, now=NOW)
    moved = overdue.leave(application_id=case.pk, actor=ola, note="Milczy.", now=late_now(case))
    assert (moved.state, moved.latest.role) == (A.LEFT_UNEXAMINED, Actor.CLERK)


def test_a_reminder_comes_two_days_before_once(case, ola, person):
    due = called(case, ola).due_at
    # The last day is 30 November: nothing comes before 28 November.
    for days in (5, 4):
        overdue.remind(now=due - timedelta(days=days, minutes=-1))
        assert not OutgoingEmail.objects.filter(template=CALL_REMINDER).exists()
    for days in (3, 2):
        overdue.remind(now=due - timedelta(days=days, hours=-9))
    [letter] = OutgoingEmail.objects.filter(template=CALL_REMINDER)
    assert (letter.to, letter.created_at) == (person.email, due - timedelta(days=3, hours=-9))
    overdue.remind(now=due)


def test_what_the_clock_closed_hinders_no_call_after_a_complaint(case, ola):
    called(case, ola)
    overdue.leave_overdue(now=late_now(case))
    Application.objects.update(state=A.FORMAL_CHECK, decided_at=None)
    assert called(case, ola, now=NOW + timedelta(days=30)).number == 2


def test_a_call_is_written_line_by_line_and_looked_at_before_it_is_sent(case, ola):
    browser = signed_in(ola)
    page = browser.get(address("case_call", case))
    assert page.status_code == 200
    sent = {
        "ile": "3",
        "text": "Dzień dobry",
        "brak0-text": "Popraw cel.",
        "brak0-place": "cel:aim",
        "brak2-text": "Wyjaśnij.",
        "brak2-place": "",
    }
    more = browser.post(address("case_call", case), sent | {"wiecej": "1"}).content.decode()
    assert 'name="ile" value="6"' in more
    assert "Popraw cel." in more
    letter = browser.post(address("case_call", case), sent | {"podglad": "1"})
    assert letter.content.startswith(b"%PDF-")
    assert not Call.objects.exists()
    assert browser.post(address("case_call", case), sent).status_code == 302
    assert list(Fault.objects.values_list("number", "text", "step", "field", "before")) == [
        (1, "Popraw cel.", "cel", "aim", ["Jaki cel społeczny realizuje podmiot: praca"]),
        (2, "Wyjaśnij.", "", "", None),
    ]


def test_the_applicant_is_led_to_the_place_and_sends_the_answer(case, ola, person):
    called(case, ola)
    browser = signed_in(person)
    page = browser.get(address("own_call", case)).content.decode()
    assert "czas na rozpatrzenie: stoi, bo czekamy na uzupełnienie" in page
    place = address("step", case, step=steps.AIM)
    assert place in page
    assert "jeszcze bez zmian" in page
    form = browser.get(place).content.decode()
    assert form.count("disabled") > 1
    typed = {"aim": "Praca dla wielu.", "seen": json.dumps(seen_of({"aim": "praca"}, ["aim"]))}
    assert browser.post(place, typed).headers["Location"] == address("own_call", case)
    assert "zmienione" in browser.get(address("own_call", case)).content.decode()
    assert browser.post(address("own_call", case), {"explanation": ""}).status_code == 302
    case.refresh_from_db()
    assert case.state == A.FORMAL_CHECK
