"""Who confirmed, in which way: in the panel, by a list, in the admin; and what is forgotten of people."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.choices import Role
from core import personal_data
from registry.models import CallAttempt, Confirmation, DataSource, FreshnessRule, ImportRun, Organisation
from registry.use_cases.confirming.asking import write_letters
from registry.use_cases.confirming.recording import record_list
from registry.use_cases.nightly import turn_the_page
from registry.use_cases.organisations import verify
from tests.accounts.factories import account
from tests.registry.confirming.factories import NOW, TODAY, asked, card_of

pytestmark = pytest.mark.django_db

OLD = date(2025, 11, 3)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW)


def test_a_representative_confirms_with_one_press(client):
    card = card_of(OLD, activity="do-potwierdzenia")
    person = account(Role.REPRESENTATIVE, organisation=card)
    client.force_login(person)
    address = reverse("registry:organisation_confirmation", args=[card.slug])
    assert f'href="{address}">Potwierdź, że dane są aktualne: {card}' in client.get("/panel/").content.decode()
    assert "biuro@example.pl" in client.get(address).content.decode()
    text = client.post(address, follow=True).content.decode()
    assert f"Dane podmiotu „{card}” są potwierdzone." in text
    assert "Potwierdź, że dane są aktualne" not in text
    one = Confirmation.objects.get()
    assert (one.by, one.channel, one.user, one.day) == ("przedstawiciel", "panel", person, TODAY)
    assert "(w panelu podmiotu)" in client.get(card.get_absolute_url()).content.decode()


def test_an_administrator_who_acts_for_nobody_confirms_as_the_office(client):
    card, root = card_of(OLD), account()
    root.is_superuser = True
    root.save()
    client.force_login(root)
    client.post(reverse("registry:organisation_confirmation", args=[card.slug]))
    assert Confirmation.objects.get().by == "koordynator"


def test_the_page_of_history_tells_confirmations(coordinator):
    card = card_of(OLD)
    verify(organisation_id=card.pk, verifier="koordynator", by=account(email="jan@example.pl"), now=NOW)
    text = coordinator.get(reverse("registry:organisation_history", args=[card.slug])).content.decode()
    assert "23\xa0listopada\xa02026: koordynator" in text
    assert "jan@example.pl" in text


def run_of(name):
    source, _ = DataSource.objects.get_or_create(name=name)
    return ImportRun.objects.create(source=source, file_name="a.csv", sha256="0" * 64)


@pytest.mark.parametrize(
    ("before", "day", "after"),
    [
        ("do-potwierdzenia", TODAY, "aktywny"),
        ("do-potwierdzenia", date(2025, 11, 4), "do-potwierdzenia"),
        ("nieaktywny", TODAY, "nieaktywny"),
    ],
)
def test_a_list_confirms_for_its_register(client, before, day, after):
    card = card_of(OLD, activity=before)
    Organisation.objects.filter(pk=card.pk).update(verified_on=day, verified_by="rejestr")
    run = run_of("Rejestr wojewody")
    for _ in range(2):
        record_list([card.pk], run=run, now=NOW)
    one = Confirmation.objects.get()
    assert (one.by, one.channel, one.day, one.source, one.run) == ("rejestr", "wykaz", day, run.source, run)
    card.refresh_from_db()
    assert card.activity == after
    assert "(Rejestr wojewody)" in client.get(card.get_absolute_url()).content.decode()


def test_the_way_of_one_is_not_told_of_another_who_confirmed_on_the_same_day(client):
    card = card_of(OLD)
    verify(organisation_id=card.pk, verifier="przedstawiciel", channel="list", now=NOW)
    verify(organisation_id=card.pk, verifier="koordynator", channel="urzad", now=NOW)
    text = client.get(card.get_absolute_url()).content.decode()
    assert "Dane potwierdził koordynator portalu 23\xa0listopada\xa02026" in text
    assert "(odpowiedź na list)" not in text


@pytest.mark.parametrize(
    ("before", "day", "after"),
    [
        ("do-potwierdzenia", date(2026, 8, 1), "aktywny"),
        ("do-potwierdzenia", date(2025, 11, 4), "do-potwierdzenia"),
        ("nieaktywny", TODAY, "nieaktywny"),
    ],
)
def test_who_is_confirmed_by_a_list_is_not_reminded_nor_silent_the_next_night(before, day, after):
    card = card_of(OLD, activity=before)
    request = asked(card, 50, reminded=1)
    Organisation.objects.filter(pk=card.pk).update(verified_on=day, verified_by="rejestr")
    record_list([card.pk], run=run_of("Rejestr wojewody"), now=NOW)
    turn_the_page(now=NOW + timedelta(days=1))
    card.refresh_from_db()
    request.refresh_from_db()
    assert card.activity == after
    assert (request.ended_on is not None) is (after == "aktywny")
    assert write_letters(now=NOW + timedelta(days=1)) == (0, 0 if after == "aktywny" else 1)


def test_a_technical_change_is_no_confirmation(client):
    card = card_of(OLD)
    card.save()
    text = client.get(card.get_absolute_url()).content.decode()
    assert "Dane potwierdził przedstawiciel podmiotu 3\xa0listopada\xa02025." in text
    assert not Confirmation.objects.exists()


def test_the_word_of_the_pages_is_understood_in_the_address_too(client):
    card = card_of(OLD, activity="do-potwierdzenia")
    for word in ("do-potwierdzenia", "niepotwierdzony"):
        assert str(card) in client.get("/katalog/", {"status": word}).content.decode()
    assert str(card) not in client.get("/katalog/", {"status": "aktywny"}).content.decode()


RULES = reverse("admin:registry_freshnessrule_add")
NEW = {"ask_after_months": 6, "first_reminder_days": 7, "second_reminder_days": 21, "silence_days": 30}
NEW |= {"inactive_after_months": 18, "note": "Częściej."}


def test_an_administrator_makes_the_next_rule_and_what_was_stays(client):
    person = account(Role.ADMINISTRATOR)
    client.force_login(person)
    assert client.post(RULES, NEW | {"valid_from": "2027-01-01"}).status_code == 302
    first, second = FreshnessRule.objects.order_by("valid_from")
    assert (first.ask_after_months, first.valid_until) == (12, date(2027, 1, 1))
    assert (second.ask_after_months, second.valid_until, second.changed_by) == (6, None, person)
    assert FreshnessRule.objects.on(date(2026, 12, 31)) == first


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"valid_from": "2026-11-23"}, "najwcześniej od jutra"),
        ({"valid_from": "2019-01-01"}, "najwcześniej od jutra"),
        ({"silence_days": 21}, "Przypomnienia idą po kolei"),
        ({"inactive_after_months": 6}, "przychodzi później niż prośba"),
        ({"ask_after_months": 40_000}, "32767"),
    ],
)
def test_a_rule_without_sense_comes_back_in_words(client, given, words):
    client.force_login(account(Role.ADMINISTRATOR))
    answer = client.post(RULES, NEW | {"valid_from": "2027-01-01"} | given)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert FreshnessRule.objects.count() == 1


def test_addresses_and_accounts_are_forgotten_after_their_time(settings):
    card, person = card_of(OLD), account(Role.COORDINATOR)
    request = asked(card, 800, ended_on=TODAY - timedelta(days=settings.CONFIRMATION_KEPT_DAYS + 1))
    recent = asked(card, 10)
    given = {"organisation": card, "by": "koordynator", "channel": "telefon", "user": person, "written_at": NOW}
    old = Confirmation.objects.create(day=TODAY - timedelta(days=settings.CHANGE_AUTHOR_KEPT_DAYS + 1), **given)
    new = Confirmation.objects.create(day=TODAY, **given)
    CallAttempt.objects.create(
        organisation=card,
        made_at=NOW - timedelta(days=settings.CONFIRMATION_KEPT_DAYS + 1),
        user=person,
        outcome="nie-odebrano",
    )
    for code in ("registry.confirmation_requests", "registry.confirmations"):
        data = personal_data.find(code)
        assert data.forget(NOW) >= 1
        assert data.forget(NOW) == 0
    for row in (request, recent, old, new):
        row.refresh_from_db()
    assert (request.address, recent.address, old.user, new.user) == ("", "biuro@example.pl", None, person)
    assert not CallAttempt.objects.exists()
    data = personal_data.find("registry.confirmations")
    assert data.collect(person) == [{"potwierdzony podmiot": str(card), "dzień": TODAY}]
    data.erase(person, NOW)
    assert data.collect(person) == []
