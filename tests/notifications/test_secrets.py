"""A one-time link is known to the addressee, and to the table only until it has been sent."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from notifications import outbox
from notifications.models import OutgoingEmail
from notifications.rendering import HIDDEN, masked
from tests.accounts.factories import account

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Europe/Warsaw"))
PASSWORD = "Wierzba rośnie nad Odrą 9"
SIGN_UP = {"email": "ewa@example.pl", "full_name": "Ewa", "password1": PASSWORD, "password2": PASSWORD, "terms": "on"}
LINK = "https://portal.example/konto/haslo/abc-123/"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kind(add_letter):
    add_letter("reset", "Nowe hasło\n\nOtwórz: {{ link }}\n\nNa zdrowie", secrets=("link",))


def write(**values):
    with transaction.atomic():
        return outbox.enqueue(
            **{"to": "anna@example.pl", "template": "reset", "context": {"link": LINK}, "now": NOW} | values,
            dedupe_key="a",
        )


def test_the_addressee_gets_the_link_and_the_table_forgets_it():
    write()

    [letter] = mail.outbox
    assert LINK in letter.body
    assert f'href="{LINK}"' in letter.alternatives[0].content
    kept = OutgoingEmail.objects.get()
    assert (kept.body, kept.secrets) == (f"Otwórz: {HIDDEN}\n\nNa zdrowie\n", [])


def test_a_letter_that_waits_knows_what_to_hide():
    email = write(due_at=NOW.replace(year=2036))

    assert email.secrets == [LINK]
    assert LINK in email.body
    assert LINK not in masked(email.body, email.secrets)


def test_a_secret_that_the_caller_did_not_give_is_a_mistake():
    with pytest.raises(KeyError):
        write(context={})


def test_of_two_secrets_the_longer_one_leaves_no_rest():
    assert masked(f"{LINK}?next=/ {LINK}", [LINK, f"{LINK}?next=/"]) == f"{HIDDEN} {HIDDEN}"


def test_in_the_demo_the_link_stays_to_be_clicked(settings):
    settings.DEMO = True
    write()

    assert LINK in OutgoingEmail.objects.get().body


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("account_reset_password", {"email": "jan@example.pl"}),
        ("account_signup", SIGN_UP),
    ],
)
def test_links_that_open_an_account_are_in_the_letter_and_not_in_the_table(client, page, typed):
    account(email="jan@example.pl")
    client.post(reverse(page), typed)

    [letter] = mail.outbox
    [link] = re.findall(r"http://testserver/konto/\S{20,}", letter.body)
    assert link not in OutgoingEmail.objects.get().body
