"""A card by the clock: asked, reminded twice, unconfirmed, inactive, confirmed again; and by the calendar."""

from datetime import date, timedelta

import pytest

from notifications.models import OutgoingEmail
from registry.confirming.cards import months_before
from registry.models import Confirmation, ConfirmationRequest, FreshnessRule
from registry.use_cases.confirming.asking import write_letters
from registry.use_cases.confirming.rules import VALUES, change_rules
from registry.use_cases.nightly import turn_the_page
from registry.use_cases.organisations import verify
from tests.registry.confirming.factories import at, card_of

pytestmark = pytest.mark.django_db


def days(first, last):
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def walk(card, *stretches):
    """{day: what happened on it}: letters by template, and changes of activity. Each stretch is (first, last day)."""
    told, before = {}, card.activity
    for day in [day for first, last in stretches for day in days(first, last)]:
        turn_the_page(now=at(day, 0))
        write_letters(now=at(day))
        card.refresh_from_db()
        letters = OutgoingEmail.objects.filter(created_at__date=day).order_by("pk").values_list("template", flat=True)
        happened = [letter.rpartition("_")[2] for letter in letters]
        happened += [card.activity] * (card.activity != before)
        before = card.activity
        if happened:
            told[day] = happened
    return told


def test_a_silent_card_is_asked_reminded_unconfirmed_inactive_and_confirmed_back(client, time_machine):
    card = card_of(date(2025, 3, 3))
    told = walk(
        card,
        (date(2026, 3, 2), date(2026, 3, 4)),
        (date(2026, 3, 16), date(2026, 3, 18)),
        (date(2026, 3, 30), date(2026, 4, 1)),
        (date(2026, 4, 13), date(2026, 4, 15)),
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2027, 3, 1), date(2027, 3, 4)),
    )
    assert told == {
        date(2026, 3, 3): ["asked"],
        date(2026, 3, 17): ["reminded"],
        date(2026, 3, 31): ["reminded"],
        date(2026, 4, 14): ["do-potwierdzenia"],
        date(2027, 3, 3): ["asked", "nieaktywny"],
    }
    request = ConfirmationRequest.objects.open().get()
    time_machine.move_to(at(date(2027, 3, 12)))
    assert client.post(request.link).status_code == 302
    card.refresh_from_db()
    assert (card.activity, card.verified_on, card.entry.activity) == ("aktywny", date(2027, 3, 12), "aktywny")
    page = client.get(card.get_absolute_url()).content.decode()
    assert "Dane potwierdził przedstawiciel podmiotu 12\xa0marca\xa02027 (odpowiedź na list)" in page
    assert walk(card, (date(2027, 3, 15), date(2027, 3, 15)), (date(2028, 3, 10), date(2028, 3, 13))) == {
        date(2028, 3, 13): ["asked"]  # the twelfth is a Sunday
    }
    assert Confirmation.objects.count() == 1


def test_a_card_confirmed_on_the_day_of_a_leap_year_is_due_in_the_next_march():
    card = card_of(date(2024, 2, 29))
    assert walk(card, (date(2025, 2, 27), date(2025, 3, 3))) == {date(2025, 3, 3): ["asked"]}  # 1 March: a Saturday
    assert months_before(date(2025, 3, 1), 12) == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("hour", "day"),
    [(22, date(2026, 3, 28)), (23, date(2026, 3, 29))],  # UTC: midnight in Warsaw is at 23 before the clocks change
)
def test_days_are_those_of_the_polish_clock_also_when_the_clocks_change(hour, day):
    card = card_of(date(2025, 1, 2))
    verify(organisation_id=card.pk, verifier="koordynator", now=at(date(2026, 3, 28), hour))
    assert Confirmation.objects.get().day == day


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 11), date(2026, 12, 25)])
def test_nobody_is_written_to_on_a_free_day(day):
    card_of(date(2025, 3, 3))
    assert write_letters(now=at(day)) == (0, 0)
    assert not OutgoingEmail.objects.exists()


def values(**changed):
    return {name: getattr(FreshnessRule.objects.latest("valid_from"), name) for name in VALUES} | changed


def test_rules_that_change_in_the_middle_of_the_year_decide_from_their_day_on():
    card = card_of(date(2025, 3, 3))
    change_rules(
        valid_from=date(2026, 3, 25),
        values=values(second_reminder_days=30, silence_days=60),
        actor=None,
        now=at(date(2026, 3, 4)),
    )
    told = walk(
        card,
        (date(2026, 3, 3), date(2026, 3, 3)),
        (date(2026, 3, 16), date(2026, 3, 17)),
        (date(2026, 3, 31), date(2026, 4, 2)),
        (date(2026, 4, 14), date(2026, 4, 14)),
        (date(2026, 5, 1), date(2026, 5, 2)),
    )
    assert told == {
        date(2026, 3, 3): ["asked"],
        date(2026, 3, 17): ["reminded"],
        date(2026, 4, 2): ["reminded"],
        date(2026, 5, 2): ["do-potwierdzenia"],
    }


def test_shorter_months_reach_a_card_the_night_they_begin():
    card = card_of(date(2025, 9, 1))
    change_rules(valid_from=date(2026, 6, 2), values=values(ask_after_months=6), actor=None, now=at(date(2026, 6, 1)))
    # It should have been asked on 1 March: the silence since then is longer than six weeks.
    assert walk(card, (date(2026, 6, 1), date(2026, 6, 3))) == {date(2026, 6, 2): ["asked", "do-potwierdzenia"]}
