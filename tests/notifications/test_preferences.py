"""What is no duty comes as a person has chosen: at once, in a digest, not at all, and not in quiet hours."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from notifications import delivery, letters, outbox, use_cases
from notifications.choices import Frequency
from notifications.digests import write_digests
from notifications.models import OutgoingEmail, Preference, QuietHours
from notifications.preferences import after_quiet_hours
from tests.accounts.factories import account

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=WARSAW)
PAGE = "/konto/powiadomienia/"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kinds(add_letter, monkeypatch):
    monkeypatch.setattr(letters, "_LETTERS", {letters.DIGEST: letters.find(letters.DIGEST)})
    add_letter("duty", "Decyzja {{ name }}\n\nTreść", label="Decyzje")
    add_letter("news", "Nowe {{ name }}\n\nTreść", label="Nowości", duty=False)
    add_letter("hint", "Rada {{ name }}\n\nTreść", label="Rady", duty=False)


@pytest.fixture(autouse=True)
def now():
    """The task that a commit sends asks the real clock."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def anna():
    return account(email="anna@example.pl")


def write(template, name="1", *, to="anna@example.pl", user=None, now=NOW, **values):
    with transaction.atomic():
        key = f"{template}:{name}"
        return outbox.enqueue(
            to=to, user=user, template=template, context={"name": name}, dedupe_key=key, now=now, **values
        )


def choose(user, quiet_hours=None, **frequencies):
    use_cases.choose_letters(user_id=user.pk, frequencies=frequencies, quiet_hours=quiet_hours)


def sent():
    return [letter.subject for letter in mail.outbox]


def test_without_a_choice_everything_comes_at_once(anna):
    write("duty", user=anna)
    write("news", user=anna)

    assert sent() == ["Decyzja 1", "Nowe 1"]


def test_what_is_refused_is_not_even_written_but_duties_come(anna):
    choose(anna, news=Frequency.NEVER, duty=Frequency.NEVER)

    assert write("news", user=anna) is None
    write("hint", user=anna)
    write("duty", user=anna)

    assert sent() == ["Rada 1", "Decyzja 1"]


def test_what_an_address_refused_holds_for_its_account_until_it_says_otherwise(anna):
    Preference.objects.create(address="anna@example.pl", template="news", frequency=Frequency.NEVER)

    assert write("news", to="ANNA@example.pl") is None
    assert write("news", user=anna) is None
    choose(anna, news=Frequency.NOW)
    assert write("news", user=anna)


def test_refusing_throws_away_what_waits_of_that_kind(anna):
    later = NOW + timedelta(days=3)
    kept = [write("duty", user=anna, due_at=later), write("hint", user=anna, due_at=later)]
    write("news", user=anna, due_at=later)

    choose(anna, news=Frequency.NEVER, hint=Frequency.NOW)

    assert list(OutgoingEmail.objects.order_by("pk")) == kept


@pytest.mark.parametrize(
    ("hours", "moment", "end"),
    [
        ((22, 6), "2026-11-20 21:59", None),
        ((22, 6), "2026-11-20 22:00", "2026-11-21 06:00"),
        ((22, 6), "2026-11-21 00:30", "2026-11-21 06:00"),
        ((22, 6), "2026-11-21 06:00", None),
        ((12, 14), "2026-11-20 13:00", "2026-11-20 14:00"),
        ((12, 14), "2026-11-20 14:00", None),
        # The nights when the clocks change are an hour longer and an hour shorter.
        ((22, 6), "2026-10-24 23:00", "2026-10-25 06:00"),
        ((22, 6), "2027-03-27 23:00", "2027-03-28 06:00"),
    ],
)
def test_quiet_hours_end_by_the_polish_clock(anna, hours, moment, end):
    QuietHours.objects.create(user=anna, starts=time(hours[0]), ends=time(hours[1]))
    moment = datetime.fromisoformat(moment).replace(tzinfo=WARSAW)
    expected = datetime.fromisoformat(end).replace(tzinfo=WARSAW) if end else moment

    found = after_quiet_hours(anna.pk, moment.astimezone(UTC))

    assert found.astimezone(UTC) == expected.astimezone(UTC)


@pytest.mark.parametrize(
    ("ends", "moment", "end"),
    [
        # Half past two does not come on this night: it is half past three.
        (time(2, 30), datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        # It comes twice on this one: the first is the end, and the second quarter past two is not quiet any more.
        (time(2, 30), datetime(2026, 10, 25, 0, 15, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (time(2, 30), datetime(2026, 10, 25, 1, 15, tzinfo=UTC), datetime(2026, 10, 25, 1, 15, tzinfo=UTC)),
    ],
)
def test_an_hour_left_out_or_repeated_ends_the_quiet_once(anna, ends, moment, end):
    QuietHours.objects.create(user=anna, starts=time(22), ends=ends)

    assert after_quiet_hours(anna.pk, moment).astimezone(UTC) == end


def test_in_quiet_hours_letters_wait_in_order_and_duties_do_not(anna):
    choose(anna, quiet_hours=(time(8), time(10)))
    for number in range(2):
        first = write("news", str(number), user=anna)
    write("duty", user=anna)
    assert sent() == ["Decyzja 1"]
    end = NOW.replace(hour=10, minute=0)
    assert {email.due_at for email in OutgoingEmail.objects.waiting()} == {end}

    delivery.deliver(first.pk, clock=lambda: end)

    assert sent() == ["Decyzja 1", "Nowe 0", "Nowe 1"]


def test_choices_are_kept_sane_by_the_database(anna):
    for wrong in (
        {"user": None, "address": "", "frequency": Frequency.NEVER},
        {"user": None, "address": "a@example.pl", "frequency": Frequency.DAILY},
        {"user": anna, "address": "a@example.pl", "frequency": Frequency.DAILY},
        {"user": anna, "address": "", "frequency": "rarely"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Preference.objects.create(template="news", **wrong)
    with pytest.raises(IntegrityError):
        QuietHours.objects.create(user=anna, starts=time(8), ends=time(8))


def test_the_page_is_for_the_signed_in(client):
    assert client.get(PAGE).status_code == 302


def test_the_page_keeps_what_is_chosen_and_shows_it_again(client, anna):
    client.force_login(anna)

    answer = client.post(PAGE, {"news": "weekly", "hint": "never", "quiet_from": "22:00", "quiet_until": "6:30"})

    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert dict(Preference.objects.values_list("template", "frequency")) == {"news": "weekly", "hint": "never"}
    assert str(QuietHours.objects.get()) == "22:00–06:30"
    page = client.get(PAGE).content.decode()
    assert '<option value="weekly" selected>' in page
    assert 'value="06:30"' in page
    assert "<li>Decyzje</li>" in page
    client.post(PAGE, {"news": "now", "hint": "now", "quiet_from": "", "quiet_until": ""})
    assert not QuietHours.objects.exists()


def test_where_there_is_nothing_to_choose_the_page_says_so(client, anna, monkeypatch):
    monkeypatch.setattr(letters, "_LETTERS", {"duty": letters.find("duty")})
    client.force_login(anna)

    page = client.get(PAGE).content.decode()

    assert "Nie ma tu czego wybierać." in page
    assert '<form method="post" class="form"' not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"quiet_from": "22:00"}, "Podaj obie godziny albo żadnej."),
        ({"quiet_from": "22:00", "quiet_until": "22:00"}, "Podaj inną godzinę niż początek ciszy."),
        ({"quiet_from": "wieczorem", "quiet_until": "6:00"}, "Wpisz poprawną godzinę."),
        ({"news": "codziennie"}, "Wybierz jedną z możliwości."),
    ],
)
def test_a_mistake_is_told_beside_the_field_and_nothing_is_kept(client, anna, typed, sentence):
    client.force_login(anna)

    answer = client.post(PAGE, {"news": "never", "hint": "now"} | typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Preference.objects.exists()


def test_digests_wait_for_their_hour_and_come_once(anna):
    choose(anna, news=Frequency.DAILY, hint=Frequency.WEEKLY)
    friday = NOW
    write("news", "1", user=anna, now=friday)
    write("hint", "1", user=anna, now=friday)
    write("news", "2", user=anna, now=friday + timedelta(hours=1))
    assert sent() == []

    assert write_digests(now=friday + timedelta(hours=2)) == 0
    saturday = datetime(2026, 11, 21, 7, tzinfo=WARSAW)
    assert [write_digests(now=saturday), write_digests(now=saturday)] == [1, 0]
    monday = datetime(2026, 11, 23, 7, tzinfo=WARSAW)
    assert [write_digests(now=monday), write_digests(now=monday)] == [1, 0]
    [address] = delivery.waiting_addresses(now=monday)
    delivery.deliver(address, clock=lambda: monday)

    assert sent() == ["2 wiadomości w jednym liście", "1 wiadomość w jednym liście"]
    body = mail.outbox[0].body
    assert body.index("1. Nowe 1") < body.index("2. Nowe 2")
    assert not OutgoingEmail.objects.for_digest().exists()


def test_a_missed_hour_is_caught_up(anna):
    choose(anna, hint=Frequency.WEEKLY)
    write("hint", user=anna, now=datetime(2026, 11, 22, 12, tzinfo=WARSAW))

    assert write_digests(now=datetime(2026, 11, 23, 6, 59, tzinfo=WARSAW)) == 0
    assert write_digests(now=datetime(2026, 11, 24, 15, tzinfo=WARSAW)) == 1


def test_a_digest_and_its_marks_are_written_together_or_not_at_all(anna):
    choose(anna, news=Frequency.DAILY)
    item = write("news", user=anna)
    # The key is taken: the letter cannot be written.
    OutgoingEmail.objects.create(
        to="x@example.pl",
        template="duty",
        subject="x",
        body="x",
        dedupe_key=f"digest:{item.pk}",
        created_at=NOW,
        due_at=NOW,
    )
    with pytest.raises(IntegrityError):
        write_digests(now=NOW + timedelta(days=1))

    assert list(OutgoingEmail.objects.for_digest()) == [item]
    assert OutgoingEmail.objects.count() == 2


def test_the_same_key_is_one_item_also_after_a_change_of_mind(anna):
    choose(anna, news=Frequency.DAILY)
    item = write("news", user=anna)
    choose(anna, news=Frequency.NOW)

    assert write("news", user=anna) == item
    assert sent() == []


def test_link_of_the_page_is_in_every_optional_letter(anna):
    write("news", user=anna)

    assert f"http://testserver{reverse('notifications:preferences')}" in mail.outbox[0].body
