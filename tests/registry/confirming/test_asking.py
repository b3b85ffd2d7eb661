"""Who is asked on which day, where the letter goes, and who never hears from us."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.choices import Role
from core import links
from notifications.models import OutgoingEmail
from registry.models import ConfirmationRequest, FreshnessRule, Organisation
from registry.models.confirmations import LINK
from registry.tasks.confirming import ask_for_confirmation
from registry.use_cases.closing import close, reopen
from registry.use_cases.confirming.answering import tell_changes
from registry.use_cases.confirming.asking import write_letters
from registry.use_cases.confirming.calling import note_call
from registry.use_cases.merging import merge
from registry.use_cases.nightly import turn_the_page
from registry.use_cases.organisations import verify, withdraw
from tests.accounts.factories import account
from tests.registry.confirming.factories import NOW, TODAY, asked, at, card_of

pytestmark = pytest.mark.django_db

LAST_YEAR = date(2025, 11, 3)


def activity(card):
    return Organisation.objects.values_list("activity", flat=True).get(pk=card.pk)


def test_what_fell_due_together_is_spread_over_days_the_oldest_first(settings):
    settings.CONFIRMATIONS_PER_DAY = 2
    cards = [card_of(LAST_YEAR - timedelta(days=number // 2)) for number in range(5)]
    spread = []
    for day in range(3):
        now = at(TODAY + timedelta(days=day))
        write_letters(now=now)
        write_letters(now=now)  # a task that runs twice asks nobody twice, and no more of them
        rows = ConfirmationRequest.objects.filter(asked_on=now.date()).order_by("pk")
        spread.append(list(rows.values_list("organisation", flat=True)))
    numbers = [cards.index(Organisation.objects.get(pk=pk)) for day in spread for pk in day]
    assert [len(day) for day in spread] == [2, 2, 1]
    assert numbers == [4, 2, 3, 0, 1]


def test_the_letter_goes_to_the_party_and_tells_the_link_and_the_day():
    card = card_of(LAST_YEAR)
    assert write_letters(now=NOW) == (1, 0)
    request, letter = ConfirmationRequest.objects.get(), OutgoingEmail.objects.get()
    assert (letter.to, request.address, request.letter) == ("biuro@example.pl", "biuro@example.pl", letter)
    assert f"http://testserver{request.link}" in letter.body
    assert f"http://testserver{request.link}" in letter.secrets
    assert "do 4\xa0stycznia\xa02027 karta będzie oznaczona jako niepotwierdzona" in letter.body
    assert letter.subject == f"Czy dane w katalogu są aktualne? {card}"
    assert links.find(LINK, request.link.split("/")[2], ConfirmationRequest.objects) == request


def test_without_a_mailbox_of_the_party_whoever_acts_for_it_is_asked_and_for_a_unit_its_operator():
    lone = card_of(LAST_YEAR, institution__email="")
    account(Role.REPRESENTATIVE, email="ewa@example.pl", organisation=lone)
    unit = card_of(LAST_YEAR, of_unit=True)
    nobody = card_of(LAST_YEAR, institution__email="")
    write_letters(now=NOW)
    found = dict(ConfirmationRequest.objects.values_list("organisation", "address"))
    assert found == {lone.pk: "ewa@example.pl", unit.pk: "biuro@example.pl"}
    assert nobody.pk not in found


def bounce(address):
    given = {"to": address, "template": "x", "subject": "x", "body": "x", "dedupe_key": f"x:{address}"}
    OutgoingEmail.objects.create(**given, created_at=NOW, due_at=NOW, failed_at=NOW, is_bounce=True)


def test_a_dead_mailbox_gets_no_reminder_but_another_one_does():
    card = card_of(LAST_YEAR)
    request = asked(card, 15)
    bounce("biuro@example.pl")
    assert write_letters(now=NOW) == (0, 0)
    account(Role.REPRESENTATIVE, email="ewa@example.pl", organisation=card)
    assert write_letters(now=NOW) == (0, 1)
    request.refresh_from_db()
    assert (request.address, request.first_reminded_on) == ("ewa@example.pl", TODAY)


def test_a_reminder_that_was_late_is_not_followed_by_the_next_one_at_once():
    asked(card_of(LAST_YEAR), 40)
    told = [write_letters(now=at(TODAY + timedelta(days=days)))[1] for days in (0, 0, 1, 4, 7, 8, 9)]
    assert told == [1, 0, 0, 0, 1, 0, 0]


@pytest.mark.parametrize("far", ["withdrawn", "confirmed", "closed", "answered", "asked"])
def test_nobody_is_asked_without_need(far):
    card = card_of(LAST_YEAR)
    coordinator = account(Role.COORDINATOR)
    if far == "withdrawn":
        withdraw(organisation_id=card.pk, now=NOW)
    if far == "confirmed":
        verify(organisation_id=card.pk, verifier="koordynator", now=NOW)
    if far == "closed":
        note_call(organisation_id=card.pk, outcome="nie-dziala", actor=coordinator, now=NOW)
    if far == "answered":
        tell_changes(request_id=asked(card).pk, changes=[("Telefon", "71 000 00 01")], now=NOW)
    if far == "asked":
        asked(card, 1)
    assert write_letters(now=NOW)[0] == 0


def test_a_request_ends_with_its_card_and_with_its_link():
    gone, merged, kept, over, closed = (card_of(LAST_YEAR) for _ in range(5))
    for card in (gone, merged, kept, closed):
        asked(card)
    old = asked(over, 370, expires_on=TODAY)
    withdraw(organisation_id=gone.pk, now=NOW)
    merge(keep_id=kept.pk, drop_id=merged.pk, now=NOW)
    close(organisation_id=closed.pk, on=TODAY, reason="likwidacja", actor=None, now=NOW)
    write_letters(now=NOW)
    waiting = ConfirmationRequest.objects.open()
    assert {one.organisation_id for one in waiting} == {kept.pk, over.pk}
    assert not waiting.filter(pk=old.pk).exists()  # asked anew: a year has passed


def test_a_card_that_came_back_is_asked_again_though_its_letter_was_of_this_year():
    card = card_of(LAST_YEAR)
    asked(card, 30)
    close(organisation_id=card.pk, on=TODAY, reason="likwidacja", actor=None, now=NOW)
    assert write_letters(now=NOW) == (0, 0)
    reopen(organisation_id=card.pk, actor=None, now=NOW)
    assert write_letters(now=NOW) == (1, 0)
    assert write_letters(now=NOW) == (0, 0)


def test_who_wrote_that_something_has_changed_is_not_called_out_of_use():
    card = card_of(date(2024, 11, 1))
    tell_changes(request_id=asked(card, 50).pk, changes=[("Telefon", "71 000 00 01")], now=at(date(2026, 11, 1)))
    turn_the_page(now=NOW)
    assert activity(card) == "do-potwierdzenia"
    turn_the_page(now=at(date(2028, 11, 2)))
    assert activity(card) == "nieaktywny"


def test_an_old_card_is_not_called_out_of_use_before_somebody_has_asked():
    card, unreachable = card_of(date(2020, 1, 2)), card_of(date(2020, 1, 2), institution__email="")
    turn_the_page(now=NOW)
    assert (activity(card), activity(unreachable)) == ("do-potwierdzenia", "nieaktywny")


def test_the_task_asks(time_machine):
    time_machine.move_to(NOW)
    card_of(LAST_YEAR)
    ask_for_confirmation.delay()
    assert ConfirmationRequest.objects.count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"second_reminded_on": TODAY},
        {"first_reminded_on": TODAY - timedelta(days=9)},
        {"first_reminded_on": TODAY, "second_reminded_on": TODAY},
        {"answer": "potwierdzone"},
        {"answer": "potwierdzone", "answered_at": NOW},
        {"answer": "zmyslone", "answered_at": NOW, "ended_on": TODAY},
        {"expires_on": TODAY - timedelta(days=1)},
        {"ended_on": TODAY - timedelta(days=2)},
    ],
)
def test_the_database_refuses_requests_out_of_order(given):
    with pytest.raises(IntegrityError), transaction.atomic():
        asked(card_of(LAST_YEAR), 1, **given)


def test_a_card_has_one_open_request():
    card = card_of(LAST_YEAR)
    asked(card, 1)
    asked(card, 500, ended_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        asked(card, 2)


@pytest.mark.parametrize(
    "given",
    [
        {"first_reminder_days": 0},
        {"second_reminder_days": 14},
        {"silence_days": 28},
        {"silence_days": 400},
        {"ask_after_months": 0},
        {"inactive_after_months": 12},
        {"valid_until": date(2027, 1, 1)},
        {"valid_from": date(2026, 1, 1)},  # the first rule holds on that day
    ],
)
def test_the_database_refuses_rules_that_make_no_sense(given):
    FreshnessRule.objects.update(valid_until=date(2027, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        FreshnessRule.objects.create(**{"valid_from": date(2027, 1, 1)} | given)
