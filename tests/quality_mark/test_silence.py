"""The time for a decision is over: those who decide are told once, and what the rules say of it takes one press."""

from datetime import timedelta

import pytest

from accounts.choices import Role
from core.exceptions import Refused
from notifications.models import OutgoingEmail
from quality_mark.choices import Actor, Silence
from quality_mark.choices import ApplicationState as A
from quality_mark.use_cases.silence import take, tell_overdue
from tests.accounts.factories import account, hold
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW, ApplicationFactory, RulebookFactory
from tests.quality_mark.office import address, applicant_of, case_in, clerk, signed_in

pytestmark = pytest.mark.django_db
LATE = {"due_at": NOW - timedelta(days=1), "complete_at": NOW - timedelta(days=200)}


@pytest.mark.parametrize(
    ("silence", "words"),
    [
        ("", "Zasady nie mówią, co to oznacza"),
        (Silence.GRANTS, "za rozpatrzony po myśli wnioskodawcy"),
        (Silence.REFUSES, "uznaje się to za odmowę"),
        (Silence.REMINDS, "niczego to nie zmienia"),
    ],
)
def test_silence_is_told_by_the_rules_of_the_case_and_moves_nothing(silence, words):
    ola, _ = clerk(), account(Role.DIRECTOR)
    case = case_in(A.COMMISSION, rulebook=RulebookFactory(silence=silence), handled_by=ola, **LATE)
    for day in (0, 1):
        tell_overdue(now=NOW + timedelta(days=day))
    letters = OutgoingEmail.objects.order_by("to")
    assert [one.to for one in letters] == ["dyrektor@example.pl", ola.email]
    assert all(words in one.body for one in letters)
    for person, name in ((ola, "case"), (applicant_of(case), "application")):
        page = signed_in(person).get(address(name, case)).text.replace("\xa0", " ")
        assert words in page
        assert "przekroczony o" in page
    case.refresh_from_db()
    assert case.state == A.COMMISSION


def test_what_waits_for_the_applicant_or_is_in_time_is_not_late():
    ola = clerk()
    case_in(A.COMMISSION, handled_by=ola, due_at=NOW + timedelta(days=1))
    ApplicationFactory(state=A.GRANTED, handled_by=ola, due_at=NOW - timedelta(days=1))
    ApplicationFactory(state=A.CORRECTION, handled_by=ola, due_at=NOW - timedelta(days=1))
    tell_overdue(now=NOW)
    assert not OutgoingEmail.objects.exists()


@pytest.mark.parametrize("state", [A.FORMAL_OK, A.ASSESSMENT, A.COMMISSION])
@pytest.mark.parametrize(
    ("meaning", "step", "ends", "says"),
    [
        (Silence.GRANTS, "grant_unheard", A.GRANTED, "Przyznaj znak, bo minął czas"),
        (Silence.REFUSES, "refuse_unheard", A.REFUSED, "Odmów, bo minął czas"),
    ],
)
def test_what_the_rules_say_is_proposed_and_taken_by_one_press(state, meaning, step, ends, says):
    head = account(Role.DIRECTOR)
    case = case_in(state, rulebook=judging.rules(silence=meaning), **LATE)
    person = applicant_of(case)
    tell_overdue(now=NOW)
    assert address("decision", case) in OutgoingEmail.objects.get(to=head.email).body
    browser = signed_in(head)
    assert "Do rozstrzygnięcia: 1 wniosek" in browser.get("/panel/").text.replace("\xa0", " ")
    assert "minął czas na rozpatrzenie" in browser.get("/panel/znak/decyzje/").text
    assert says in browser.get(address("decision", case)).text
    for _ in range(2):
        take(application_id=case.pk, actor=head, now=NOW)
    case.refresh_from_db()
    assert case.state == ends
    [done] = case.steps.all()
    assert (done.name, done.actor, done.role) == (step, head, Actor.DIRECTOR)
    assert done.paper.is_shown
    assert "22.11.2026" in done.note
    assert OutgoingEmail.objects.filter(to=person.email, template="quality_mark/email/decided").count() == 1
    assert done.note in signed_in(person).get(address("application", case)).text


def test_the_press_is_a_page_of_the_director():
    head = account(Role.DIRECTOR)
    case = case_in(A.ASSESSMENT, rulebook=judging.rules(silence=Silence.REFUSES), **LATE)
    for person in (clerk(), account(Role.COMMISSION), applicant_of(case)):
        assert signed_in(person).post(address("decision", case), {"co": "milczenie"}).status_code == 404
    answer = signed_in(head).post(address("decision", case), {"co": "milczenie"}, follow=True)
    assert "rozstrzygnięty według zasad o milczeniu" in answer.text
    case.refresh_from_db()
    assert case.state == A.REFUSED


@pytest.mark.parametrize(
    ("meaning", "due"), [("", -1), (Silence.REMINDS, -1), (Silence.GRANTS, 1), (Silence.REFUSES, 1)]
)
def test_nothing_is_proposed_in_time_or_by_rules_that_say_nothing(meaning, due):
    head = account(Role.DIRECTOR)
    rules = judging.rules(silence=meaning)
    case = case_in(A.COMMISSION, rulebook=rules, due_at=NOW + timedelta(days=due * 30), complete_at=NOW)
    tell_overdue(now=NOW)
    assert address("decision", case) not in "".join(OutgoingEmail.objects.values_list("body", flat=True))
    assert signed_in(head).get(address("decision", case)).status_code == 404
    with pytest.raises(Refused, match="nie proponują"):
        take(application_id=case.pk, actor=head, now=NOW)
    case.refresh_from_db()
    assert case.state == A.COMMISSION


def test_nobody_takes_it_in_a_case_of_their_own_and_nobody_is_told():
    head = account(Role.DIRECTOR)
    case = case_in(A.COMMISSION, rulebook=judging.rules(silence=Silence.GRANTS), **LATE)
    hold(head, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    tell_overdue(now=NOW)
    assert not OutgoingEmail.objects.exists()
    with pytest.raises(Refused, match="w którego imieniu"):
        take(application_id=case.pk, actor=head, now=NOW)


def test_a_recommendation_that_is_there_can_be_followed_all_the_same():
    office, head = clerk(), account(Role.DIRECTOR)
    case = judging.case(A.COMMISSION, judging.rules(silence=Silence.REFUSES), **LATE)
    judging.recommended(case, office)
    page = signed_in(head).get(address("decision", case)).text
    assert ("Odmów, bo minął czas" in page, 'name="reason"' in page) == (True, True)
    judging.decided(case, "grant", head)
    case.refresh_from_db()
    assert case.state == A.GRANTED


@pytest.mark.parametrize(("meaning", "words"), [("", "nie mówią"), (Silence.REFUSES, "uznaje się to za odmowę")])
def test_the_page_of_the_process_says_what_silence_means(client, meaning, words):
    RulebookFactory(silence=meaning)
    page = client.get("/znak/przebieg/").text.replace("\xa0", " ")
    assert words in page
    assert "bo minął czas" not in page
