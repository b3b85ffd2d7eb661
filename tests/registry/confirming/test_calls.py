"""The call list: who is on it and why, in which order, and what a call changes."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.choices import Role
from notifications.models import OutgoingEmail
from registry.confirming.call_list import to_call
from registry.models import CallAttempt, Confirmation, Organisation
from registry.use_cases.confirming.answering import tell_changes, tell_closing
from registry.use_cases.confirming.calling import note_call
from registry.use_cases.organisations import verify
from tests.accounts.factories import account
from tests.registry.confirming.factories import NOW, RULE, TODAY, asked, card_of

pytestmark = pytest.mark.django_db

LIST = reverse("registry:call_list")
OLD = date(2025, 11, 3)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW)


def lines(**filters):
    return to_call(RULE, NOW, TODAY, filters=filters)[0]


def reasons():
    return [(line["id"], line["reason"]) for line in lines()]


def silent(day=OLD, **given):
    card = card_of(day, **given)
    asked(card, 20, reminded=1)
    return card


def test_the_list_holds_those_whom_letters_do_not_reach_in_its_order():
    changed, closed, bounced, deaf = (card_of(OLD) for _ in range(4))
    tell_changes(request_id=asked(changed).pk, changes=[("Telefon", "1")], now=NOW)
    tell_closing(request_id=asked(closed).pk, now=NOW)
    given = {"template": "x", "subject": "x", "body": "x", "dedupe_key": "x", "created_at": NOW, "due_at": NOW}
    lost = OutgoingEmail.objects.create(to="biuro@example.pl", failed_at=NOW, is_bounce=True, **given)
    asked(bounced, letter=lost)
    asked(deaf, 20, reminded=1)
    older = silent(OLD - timedelta(days=1))
    mute = card_of(OLD, institution__email="")
    asked(card_of(OLD), 3)  # asked once: time enough
    card_of(TODAY, institution__email="")  # not due
    acted_for = card_of(OLD, institution__email="")
    account(Role.REPRESENTATIVE, organisation=acted_for)
    assert reasons() == [
        (closed.pk, "nie-dzialamy"),
        (older.pk, "milczy"),
        (deaf.pk, "milczy"),
        (mute.pk, "bez-adresu"),
        (bounced.pk, "zwrot"),
        (changed.pk, "zmiany"),
    ]


def test_whoever_was_rung_this_week_comes_last():
    first, second = silent(OLD - timedelta(days=1)), silent()
    actor = account(Role.COORDINATOR)
    note_call(organisation_id=first.pk, outcome="nie-odebrano", words="Sygnał.", actor=actor, now=NOW)
    assert [pk for pk, _ in reasons()] == [second.pk, first.pk]
    assert [line["id"] for line in to_call(RULE, NOW + timedelta(days=8), TODAY)[0]] == [first.pk, second.pk]
    assert [one.words for one in lines()[1]["tries"]] == ["Sygnał."]


@pytest.mark.parametrize("way", ["verify", "potwierdzono", "nie-dziala"])
def test_what_is_settled_leaves_the_list(way):
    card = silent()
    actor = account(Role.COORDINATOR)
    if way == "verify":
        verify(organisation_id=card.pk, verifier="koordynator", now=NOW)
    else:
        note_call(organisation_id=card.pk, outcome=way, actor=actor, now=NOW)
    assert reasons() == []
    card.refresh_from_db()
    assert card.activity == card.entry.activity == ("nieaktywny" if way == "nie-dziala" else "aktywny")
    assert not card.confirmation_requests.open().exists()


def test_a_confirmation_on_the_telephone_says_so_on_the_card(client):
    card = silent(activity="do-potwierdzenia")
    actor = account(Role.COORDINATOR)
    for _ in range(2):
        note_call(organisation_id=card.pk, outcome="potwierdzono", actor=actor, now=NOW)
    one = Confirmation.objects.get()
    assert (one.by, one.channel, one.user) == ("koordynator", "telefon", actor)
    assert CallAttempt.objects.count() == 1
    text = client.get(card.get_absolute_url()).content.decode()
    assert "Dane potwierdził koordynator portalu 23\xa0listopada\xa02026 (rozmowa telefoniczna)" in text


def test_the_filters_narrow_and_stay(coordinator):
    card = silent(support_centre="OWES A")
    silent(of_unit=True)
    page = coordinator.get(LIST, {"powiat": "0264", "opiekun": "OWES A", "powod": "milczy", "rodzaj": card.kind_id})
    text = page.content.decode()
    assert str(card) in text
    assert "1 karta." in text
    assert f"{card.pk}/?powiat=0264&amp;rodzaj=spoldzielnia_socjalna&amp;opiekun=OWES+A&amp;powod=milczy" in text
    assert len(lines(opiekun="brak")) == 1
    address = f"{reverse('registry:call', args=[card.pk])}?powiat=0264"
    answer = coordinator.post(address, {"outcome": "nie-odebrano"})
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?powiat=0264")


@pytest.mark.parametrize("query", ["powiat=9999", "powod=x", "opiekun=" + "y" * 9000, "rodzaj=%27%3B", "powiat=%00"])
def test_an_unknown_filter_finds_nothing_and_says_so(coordinator, query):
    card = silent()
    answer = coordinator.get(f"{LIST}?{query}")
    assert answer.status_code in (400, 422)
    assert str(card) not in answer.content.decode()


def test_pages_are_counted_and_a_number_past_the_end_means_the_last(coordinator):
    for _ in range(31):
        silent()
    for query, shown in (("", 30), ("?page=2", 1), ("?page=999", 1), ("?page=x", 30), ("?page=" + "9" * 5000, 30)):
        assert coordinator.get(LIST + query).content.decode().count('<li class="row">') == shown, query[:20]


def test_the_page_of_a_call_wants_an_outcome_and_keeps_the_words(coordinator):
    card = silent()
    address = reverse("registry:call", args=[card.pk])
    for outcome in ("", "zmyslony"):
        answer = coordinator.post(address, {"outcome": outcome, "words": "Dzwonić po 15."})
        assert answer.status_code == 422
        assert "Dzwonić po 15." in answer.content.decode()
    assert not CallAttempt.objects.exists()
    assert "Dwa listy bez odpowiedzi, zapytano 3\xa0listopada\xa02026" in coordinator.get(address).content.decode()
    Organisation.objects.filter(pk=card.pk).update(published_at=None)
    assert coordinator.get(address).status_code == 404


def test_an_empty_list_says_when_cards_come(coordinator):
    assert "Nie ma do kogo dzwonić" in coordinator.get(LIST).content.decode()
