"""One click, no session and no form, and there are no more letters of this kind (RFC 8058)."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from notifications import digests, outbox, tasks
from notifications.choices import Frequency
from notifications.models import OutgoingEmail, Preference
from tests.accounts.factories import account

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Europe/Warsaw"))

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kinds(add_letter):
    add_letter("duty", "Decyzja\n\nTreść", label="Decyzje")
    add_letter("news", "Nowe\n\nTreść", label="Nowości", duty=False)
    add_letter("hint", "Rada\n\nTreść", label="Rady", duty=False)


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


def write(template, key="1", **values):
    with transaction.atomic():
        return outbox.enqueue(
            **{"to": "anna@example.pl", "context": {}, "now": NOW} | values,
            template=template,
            dedupe_key=f"{template}:{key}",
        )


def link(letter):
    found = re.fullmatch(r"<http://testserver(/powiadomienia/wypisz/\S+/)>", letter.message()["List-Unsubscribe"])
    return found[1]


def click(client, path):
    return client.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")


def test_a_letter_that_is_no_duty_carries_the_headers_and_the_link():
    write("news")

    [letter] = mail.outbox
    assert letter.message()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link(letter) in letter.body
    assert f'href="http://testserver{link(letter)}"' in letter.alternatives[0].content
    assert "anna" not in link(letter)


def test_a_duty_carries_none():
    write("duty")

    [letter] = mail.outbox
    assert "List-Unsubscribe" not in letter.message()
    assert "wypisz" not in letter.body + letter.alternatives[0].content


def test_one_click_ends_this_kind_for_this_address_and_no_other(client):
    write("news")

    answer = click(client, link(mail.outbox[0]))

    assert answer.status_code == 200
    assert "Nowości" in answer.content.decode()
    assert write("news", "2", to="Anna@example.pl") is None
    assert write("hint")
    assert write("news", "3", to="jan@example.pl")
    assert click(client, link(mail.outbox[0])).status_code == 200


def test_of_an_account_it_is_the_choice_of_the_account(client):
    anna = account(email="anna@example.pl")
    write("news", user=anna)

    click(client, link(mail.outbox[0]))

    [choice] = Preference.objects.all()
    assert (choice.user, choice.address, choice.template, choice.frequency) == (anna, "", "news", Frequency.NEVER)


def test_a_get_only_asks(client):
    write("news")

    page = client.get(link(mail.outbox[0])).content.decode()

    assert '<form method="post">' in page
    assert "anna@example.pl" not in page
    assert not Preference.objects.exists()


def test_a_digest_ends_all_that_comes_in_it(client):
    anna = account(email="anna@example.pl")
    for template, frequency in (("news", Frequency.DAILY), ("hint", Frequency.WEEKLY)):
        Preference.objects.create(user=anna, template=template, frequency=frequency)
        write(template, user=anna)
    digests.write_digests(now=NOW + timedelta(days=1))
    tasks.sweep_outbox.delay()

    click(client, link(mail.outbox[0]))

    assert dict(Preference.objects.values_list("template", "frequency")) == {"news": "never", "hint": "weekly"}


@pytest.mark.parametrize("token", ["1", "1:forged", "anna@example.pl", "x" * 400, "1:ą"])
def test_a_forged_link_tells_nothing(client, token):
    write("news")
    path = f"/powiadomienia/wypisz/{token}/"

    for answer in (client.get(path), click(client, path)):
        assert answer.status_code == 404
        assert "Ten odsyłacz nie działa" in answer.content.decode()
    assert not Preference.objects.exists()


def test_a_link_of_a_forgotten_letter_and_one_of_another_use_do_not_work(client):
    write("news")
    path = link(mail.outbox[0])
    OutgoingEmail.objects.all().delete()

    assert click(client, path).status_code == 404
