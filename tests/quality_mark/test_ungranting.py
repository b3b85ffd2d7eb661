"""A grant that is taken back before the mark is valid."""

import pytest

from accounts.choices import Role
from core.exceptions import Refused
from quality_mark.choices import ApplicationState as A
from quality_mark.decisions.waiting import waiting
from quality_mark.models import Agreement
from quality_mark.use_cases import agreements, ungranting
from tests.accounts.factories import account
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW
from tests.quality_mark.judging_pages import browser, url
from tests.quality_mark.office import applicant_of
from tests.quality_mark.test_letters_of_judging import letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def director():
    return account(Role.DIRECTOR)


@pytest.fixture
def granted(director):
    case, clerk = judging.case(A.COMMISSION), account(Role.COORDINATOR)
    judging.recommended(case, clerk)
    judging.decided(case, "grant", director)
    agreements.prepare(application_id=case.pk, now=NOW)
    return case


def test_the_director_takes_it_back_on_a_page_and_decides_anew(granted, director):
    person = applicant_of(granted)
    answer = browser(director).post(url("ungrant", granted.pk), {"reason": "Pomyłka w numerze."}, follow=True)
    assert "Przyznanie cofnięte" in answer.text
    granted.refresh_from_db()
    assert (granted.state, Agreement.objects.count()) == (A.COMMISSION, 0)
    assert waiting(director, NOW).get() == granted
    assert letters("ungranted") == [person.email]
    seen = browser(person).get(url("application", granted.pk)).text
    assert "Przyznanie cofnięte, wraca do Kapituły" in seen
    assert "Pomyłka w numerze." in seen
    judging.decided(granted, "grant", director, NOW.replace(hour=15))
    assert agreements.prepare(application_id=granted.pk, now=NOW).holder_signed_at is None


def test_not_without_a_reason_nor_by_the_office_nor_once_both_have_signed(granted, director):
    with pytest.raises(Refused, match="Podaj powód"):
        ungranting.ungrant(application_id=granted.pk, reason=" ", actor=director, now=NOW)
    with pytest.raises(Refused, match="należy do kogoś innego"):
        ungranting.ungrant(application_id=granted.pk, reason="x", actor=account(Role.ASSESSOR), now=NOW)
    type(granted).objects.filter(pk=granted.pk).update(state=A.ACTIVE)
    with pytest.raises(Refused, match="tylko do podpisania"):
        ungranting.ungrant(application_id=granted.pk, reason="x", actor=director, now=NOW)
    assert browser(director).get(url("ungrant", granted.pk)).status_code == 404
