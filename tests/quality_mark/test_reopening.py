"""A sent assessment is taken back: by whom, until when, and what is kept of it."""

import pytest

from accounts.choices import Role
from core.exceptions import Refused
from notifications.models import OutgoingEmail
from quality_mark.models import Reopening
from quality_mark.use_cases import assessing, assigning
from tests.accounts.factories import account, hold
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW
from tests.quality_mark.judging_pages import browser, sheet, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


@pytest.fixture
def case():
    return judging.case()


@pytest.fixture
def pair(case, clerk):
    return list(judging.assigned(case, judging.assessors(), clerk).values())


def reopened(assessment, actor, reason="Pomyliłem wiersze."):
    return assessing.reopen(assessment_id=assessment.pk, reason=reason, actor=actor, now=NOW)


def test_its_author_takes_it_back_until_the_others_are_shown_to_them(pair):
    one, other = pair
    judging.scored(one, 4, 3)
    reopened(one, one.assessor)
    log = Reopening.objects.get()
    assert (log.by, log.is_of_office, log.sent_at, log.scores["jakosc"]) == (one.assessor, False, NOW, [4, "Bo tak."])
    judging.scored(one, 2, 2)
    judging.scored(other, 2, 3)
    with pytest.raises(Refused, match="tylko biuro"):
        reopened(one, one.assessor)
    assert [one.value for one in one.scores.all()] == [2, 2]


def test_the_office_takes_it_back_with_a_letter_and_the_scores_are_hidden_again(case, pair, clerk):
    one, other = pair
    judging.scored(one, 4, 4)
    judging.scored(other, 4, 4)
    reopened(one, clerk, "Uzasadnienie dotyczy innego wniosku.")
    reopened(one, clerk, "Drugie naciśnięcie.")
    assert Reopening.objects.get().is_of_office
    [letter] = OutgoingEmail.objects.filter(template="quality_mark/email/reopened")
    assert (letter.to, "innego wniosku" in letter.body) == (one.assessor.email, True)
    with pytest.raises(Refused, match="Nie wszystkie"):
        assigning.put(application_id=case.pk, actor=clerk, now=NOW)
    for person, page in ((other.assessor, url("assessment", other.pk)), (clerk, url("assigning_case", case.pk))):
        assert "80,00" not in browser(person).get(page).content.decode()


def test_nobody_else_takes_it_back_and_never_without_a_reason(case, pair, clerk):
    one, other = pair
    judging.scored(one, 4, 4)
    with pytest.raises(Refused, match="kogoś innego"):
        reopened(one, other.assessor)
    with pytest.raises(Refused, match="Podaj powód"):
        reopened(one, clerk, " ")
    hold(clerk, Role.REPRESENTATIVE, organisation=case.offer.organisation)
    with pytest.raises(Refused, match="w którego imieniu"):
        reopened(one, clerk)
    assert not Reopening.objects.exists()


def test_after_the_case_has_gone_to_the_commission_it_stays(case, pair, clerk):
    for one in pair:
        judging.scored(one, 4, 4)
    assigning.put(application_id=case.pk, actor=clerk, now=NOW)
    with pytest.raises(Refused, match="nie jest teraz w ocenie"):
        reopened(pair[0], clerk)


def test_pages_take_it_back_and_say_when_and_why(case, pair, clerk):
    one, other = pair
    client, page = browser(one.assessor), url("assessment", one.pk)
    assert client.post(page, sheet(case, 4, 3, wyslij="1")).status_code == 302
    assert "Cofnij wysłanie oceny" in client.get(page).content.decode()
    assert client.post(page, {"co": "cofnij"}).status_code == 422
    assert client.post(page, {"co": "cofnij", "powod": "Pomyłka."}).status_code == 302
    shown = client.get(page).content.decode()
    assert "Pomyłka." in shown
    assert "Wyślij ocenę" in shown
    judging.scored(other, 4, 4)
    office, desk = browser(clerk), url("assigning_case", case.pk)
    for typed in ("", "x", "9" * 400):
        office.post(desk, {"co": "cofnij", "powod": "Brak.", "ocena": typed})
    assert Reopening.objects.count() == 1
    assert office.post(desk, {"co": "cofnij", "powod": "Brak.", "ocena": other.pk}).status_code == 302
    assert Reopening.objects.count() == 2
    assert "biuro cofnęło wysłanie. Brak." in office.get(desk).content.decode()
