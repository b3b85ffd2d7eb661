"""The time for a decision is over: those who decide are told once, and the case says what its rules say."""

from datetime import timedelta

import pytest

from accounts.choices import Role
from notifications.models import OutgoingEmail
from quality_mark.choices import ApplicationState as A
from quality_mark.choices import Silence
from quality_mark.use_cases.silence import tell_overdue
from tests.accounts.factories import account
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
