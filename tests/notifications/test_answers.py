"""What the mail server says: no such mailbox, no such text, or later; spoken to for real."""

import socket
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from notifications import delivery
from notifications.models import OutgoingEmail

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Europe/Warsaw"))
LATER = NOW + timedelta(minutes=1)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def email():
    return letter("anna@example.pl")


def letter(to):
    return OutgoingEmail.objects.create(
        to=to, template="gone", subject="Temat", body="Treść\n", dedupe_key=to, created_at=NOW, due_at=NOW
    )


def deliver(email):
    delivery.deliver(email.pk, clock=lambda: NOW)
    email.refresh_from_db()
    return email


@pytest.mark.parametrize(
    ("command", "answer", "is_bounce"),
    [("RCPT", "550 no such mailbox", True), ("TEXT", "554 looks like spam", False), ("TEXT", "552 too long", False)],
)
def test_an_answer_of_5xx_to_the_address_or_the_text_is_final(mail_server, email, command, answer, is_bounce):
    mail_server.answers = {command: [answer]}

    deliver(email)

    assert (email.failed_at, email.is_bounce, email.attempts) == (NOW, is_bounce, 1)
    assert answer[4:] in email.last_error
    assert mail_server.taken == []


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("RCPT", "452 mailbox full"),
        ("TEXT", "451 try again"),
        ("MAIL", "550 sender refused"),
        ("EHLO", "421 too busy"),
    ],
)
def test_an_answer_of_4xx_and_one_about_ourselves_is_for_now(mail_server, email, command, answer):
    mail_server.answers = {command: [answer], "HELO": [answer]}

    deliver(email)

    assert (email.failed_at, email.is_bounce, email.due_at) == (None, False, LATER)
    assert deliver(email).sent_at is None
    delivery.deliver(email.pk, clock=lambda: LATER)
    assert len(mail_server.taken) == 1


def test_a_refused_password_is_for_now(mail_server, email, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "wrong"
    mail_server.answers = {"EHLO": ["250-test\r\n250 AUTH PLAIN"], "AUTH": ["535 wrong password"]}

    deliver(email)

    assert (email.failed_at, email.due_at) == (None, LATER)
    assert "535" in email.last_error
    assert "wrong password" in email.last_error


def test_nobody_at_the_other_end_is_for_now(email, settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        deliver(email)

    assert (email.failed_at, email.due_at) == (None, LATER)
    assert email.last_error.startswith("ConnectionRefusedError")


def test_a_server_that_says_nothing_is_for_now(mail_server, email, monkeypatch):
    monkeypatch.setattr(delivery, "PATIENCE", 0.2)
    mail_server.hold("before")

    deliver(email)

    assert (email.failed_at, email.due_at) == (None, LATER)
    assert "timed out" in email.last_error or "unexpectedly closed" in email.last_error


def test_an_address_that_no_letter_can_carry_is_given_up_and_keeps_nobody_back(mail_server):
    broken = letter("anna@@example.pl")

    deliver(broken)

    assert (broken.failed_at, broken.is_bounce) == (NOW, False)
    assert broken.last_error.startswith("ValueError")
