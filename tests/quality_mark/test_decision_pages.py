"""Pages of the director, and what the applicant reads of a decision."""

import pytest

from accounts.choices import Role
from quality_mark.choices import ApplicationState as A
from quality_mark.use_cases import assigning
from quality_mark.voting import Choice
from tests.accounts.factories import account, hold
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW
from tests.quality_mark.judging_pages import HOSTILE, browser, case_rows, status, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


@pytest.fixture
def director():
    return account(Role.DIRECTOR)


@pytest.fixture
def case():
    return judging.case()


def test_the_director_decides_several_at_once_and_what_was_typed_stays(clerk, director):
    book = judging.rules()
    cases = [judging.case(A.COMMISSION, book) for _ in range(2)]
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, cases, clerk, members=members)
    for item in sitting.items.all():
        judging.voted(item, dict.fromkeys(members, Choice.FOR), clerk)
    judging.signed(sitting, members[0].person)
    client, chosen = browser(director), [one.pk for one in cases]
    refused = client.post(url("decisions"), {"wniosek": chosen, "step": "grant", "reason": ""})
    assert (refused.status_code, refused.content.decode().count("checked")) == (422, 3)
    assert client.get(url("decision", chosen[0])).status_code == 200
    assert client.post(url("decisions"), {"wniosek": chosen, "step": "grant", "reason": "Tak."}).status_code == 302
    assert {one.state for one in case_rows(cases)} == {A.GRANTED}
    assert client.get(url("decision", chosen[0])).status_code == 404
    again = client.post(url("decisions"), {"wniosek": chosen, "step": "refuse", "reason": "Nie."})
    assert again.status_code == 422


@pytest.mark.parametrize("typed", HOSTILE)
def test_the_director_types_anything(clerk, director, typed):
    case = judging.case(A.COMMISSION)
    judging.recommended(case, clerk)
    client = browser(director)
    for given in ({"wniosek": [typed]}, {"wniosek": [case.pk], "step": typed, "reason": typed}):
        assert client.post(url("decisions"), given).status_code == 422
    assert client.post(url("decision", case.pk), {"step": typed, "reason": typed}).status_code == 422


def test_the_applicant_reads_the_letter_and_no_name_of_whoever_judged(clerk, director):
    case = judging.case()
    holder = hold(account(email="zarzad@example.pl"), Role.REPRESENTATIVE, organisation=case.offer.organisation)
    people = judging.assessors()
    for one in judging.assigned(case, people, clerk).values():
        judging.scored(one, 4, 4)
    assigning.put(application_id=case.pk, actor=clerk, now=NOW)
    judging.recommended(case, clerk)
    judging.decided(case, "grant", director, reason="Dobra jakość.")
    client = browser(holder.user)
    shown = client.get(url("application", case.pk)).content.decode()
    assert "Dobra jakość." in shown
    assert status(holder.user, url("paper", case.papers.get().pk)) == 200
    assert not [one for one in (*people, director, clerk) if one.email in shown]
    assert "80,00" not in shown


def test_each_of_several_may_have_reasons_of_its_own(clerk, director):
    book = judging.rules()
    cases = [judging.case(A.COMMISSION, book) for _ in range(2)]
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, cases, clerk, members=members)
    for item in sitting.items.all():
        judging.voted(item, dict.fromkeys(members, Choice.FOR), clerk)
    judging.signed(sitting, members[0].person)
    client, first, second = browser(director), *cases
    both = {"wniosek": [first.pk, second.pk], "step": "grant"}
    long = client.post(url("decisions"), both | {"reason": "Wspólne.", f"powod_{first.pk}": "a" * 4001})
    assert (long.status_code, "najwyżej 4000" in long.content.decode()) == (422, True)
    half = client.post(url("decisions"), both | {"reason": "", f"powod_{first.pk}": "Własne."})
    assert (half.status_code, "Własne.</textarea>" in half.content.decode()) == (422, True)
    assert (
        client.post(url("decisions"), both | {"reason": "Wspólne.", f"powod_{first.pk}": "Własne."}).status_code == 302
    )
    assert [one.steps.last().note for one in cases] == ["Własne.", "Wspólne."]
