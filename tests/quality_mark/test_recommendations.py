"""Customers recommend by a link from a letter: wrong links, second thoughts, silence, a no."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core import links
from core.exceptions import Refused
from notifications.models import OutgoingEmail
from quality_mark.applying import steps
from quality_mark.choices import ApplicationState
from quality_mark.letters import RECOMMENDATION
from quality_mark.models import Application, Recommendation
from quality_mark.use_cases import recommendations
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.quality_mark.office import applicant_of, called, checked, clerk, signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SAID = {"text": "Obiady zawsze na czas.", "signed_name": "Anna Nowak", "function": "dyrektorka"}


@pytest.fixture
def draft():
    return ApplicationFactory()


@pytest.fixture
def person(draft):
    return applicant_of(draft)


@pytest.fixture
def asked(draft, person):
    who = {"application_id": draft.pk, "actor": person, "now": NOW}
    return recommendations.ask(recommender="Szkoła nr 3", email="szkola@example.pl", **who)


def link(row):
    return reverse("quality_mark:recommend", args=[links.token(RECOMMENDATION, row)])


def letters():
    return list(OutgoingEmail.objects.order_by("pk").values_list("to", "template"))


def names(*words):
    return [("szkola@example.pl", f"quality_mark/email/{word}") for word in words]


@pytest.mark.parametrize("token", ["x", "ucięty:1abc:def", "\u0105" * 50])
def test_a_wrong_link_says_what_to_do(token):
    answer = Client().get(reverse("quality_mark:recommend", args=[token]))
    assert answer.status_code == 404
    assert "otworzyć odsyłacz jeszcze raz, wprost z listu" in answer.text.replace("\xa0", " ")


def test_the_link_of_a_request_that_was_taken_back_opens_nothing(draft, person, asked):
    place = link(asked)
    recommendations.remove(application_id=draft.pk, recommendation_id=asked.pk, actor=person, now=NOW)
    assert Client().get(place).status_code == 404
    assert Client().post(place, SAID).status_code == 404


def test_a_link_that_was_used_shows_what_was_written_and_lets_it_be_changed(asked):
    customer = Client()
    assert customer.post(link(asked), SAID).status_code == 200
    page = customer.get(link(asked)).text
    assert "Rekomendacja jest już zapisana" in page
    assert "Obiady zawsze na czas." in page
    customer.post(link(asked), SAID | {"text": "Obiady smaczne."})
    asked.refresh_from_db()
    assert asked.text == "Obiady smaczne."
    # The applicant hears of it once.
    assert [one for one in letters() if one[1].endswith("recommended")] == [
        ("podmiot@example.pl", "quality_mark/email/recommended")
    ]


def test_a_customer_may_decline_and_change_their_mind(draft, person, asked):
    customer = Client()
    assert "Dziękujemy za odpowiedź" in customer.post(link(asked), {"odmow": "1"}).text
    assert "nie napisze rekomendacji" in OutgoingEmail.objects.get(to="podmiot@example.pl").subject
    page = signed_in(person).get(reverse("quality_mark:recommendations", args=[draft.pk])).text
    assert "nie poleci" in page
    assert "Przypomnij" not in page
    customer.post(link(asked), SAID)
    asked.refresh_from_db()
    assert (bool(asked.given_at), asked.declined_at) == (True, None)
    assert "Wycofuję rekomendację" in customer.get(link(asked)).text
    customer.post(link(asked), {"odmow": "1"})
    asked.refresh_from_db()
    assert (asked.given_at, asked.text, asked.signed_name, bool(asked.declined_at)) == (None, "", "", True)


def test_the_clock_reminds_once_whoever_has_not_answered_in_a_week(draft, person, asked):
    who = {"application_id": draft.pk, "actor": person, "now": NOW}
    done = recommendations.ask(recommender="Gmina", email="gmina@example.pl", **who)
    recommendations.decline(recommendation_id=done.pk, now=NOW)
    assert recommendations.remind_all(now=NOW + 6 * DAY) == 0
    assert recommendations.remind_all(now=NOW + 7 * DAY) == 1
    assert recommendations.remind_all(now=NOW + 20 * DAY) == 0
    assert [one for one in letters() if one[0] == "szkola@example.pl"] == names(
        "recommendation", "recommendation_reminder"
    )


def test_nobody_is_reminded_of_an_application_that_is_over(draft, asked):
    Application.objects.update(state=ApplicationState.WITHDRAWN, decided_at=NOW)
    assert recommendations.remind_all(now=NOW + 9 * DAY) == 0


def test_the_applicant_reminds_at_most_once_a_day(draft, person, asked):
    again = {"application_id": draft.pk, "recommendation_id": asked.pk, "actor": person}
    with pytest.raises(Refused, match="po upływie doby"):
        recommendations.remind(**again, now=NOW + timedelta(hours=3))
    recommendations.remind(**again, now=NOW + DAY)
    with pytest.raises(Refused, match="po upływie doby"):
        recommendations.remind(**again, now=NOW + DAY + timedelta(hours=1))
    assert letters() == names("recommendation", "recommendation_reminder")
    browser, place = signed_in(person), reverse("quality_mark:recommendations", args=[draft.pk])
    Recommendation.objects.update(asked_at=NOW - 400 * DAY, reminded_at=None)
    assert browser.post(place, {"przypomnij": str(asked.pk)}).status_code == 302
    assert len(letters()) == 3


def test_while_a_call_does_not_name_recommendations_the_link_only_shows(draft):
    ola = clerk()
    case = checked(ola)
    row = case.recommendations.create(recommender="Szkoła", email="s@example.pl", asked_at=NOW, given_at=NOW, text="T")
    called(case, ola)
    page = Client().get(link(row))
    assert "nie można teraz zmienić" in page.text
    assert Client().post(link(row), SAID).status_code == 422
    called_again = {"text": "Brak rekomendacji.", "step": steps.RECOMMENDATIONS, "field": "", "code": ""}
    other = checked(ola)
    row = other.recommendations.create(recommender="Szkoła", email="s@example.pl", asked_at=NOW)
    called(other, ola, called_again)
    assert Client().post(link(row), SAID).status_code == 200


@pytest.mark.parametrize("value", ["a\0b", "Ż" * 10_000, "9" * 400])
def test_no_words_break_the_page_of_a_customer_nor_its_buttons(draft, person, asked, value):
    assert Client().post(link(asked), dict.fromkeys(SAID, value)).status_code < 500
    place, browser = reverse("quality_mark:recommendations", args=[draft.pk]), signed_in(person)
    for given in (
        {"usun": value},
        {"przypomnij": value},
        {"zapytaj": "1", "ask-recommender": value, "ask-email": value},
    ):
        assert browser.post(place, given).status_code < 500
