"""A letter is a row of the transaction that causes it; after the commit it goes once, in order, or is given up."""

import smtplib
import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from celery import current_app
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connection, transaction

from core.exceptions import Refused
from notifications import delivery, outbox, tasks
from notifications.models import OutgoingEmail

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Europe/Warsaw"))

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def letter(add_letter):
    add_letter(
        "letter", "Zaproszenie: {{ name }}\n\nDzień dobry,\n\nzapraszamy na {{ name }}: https://portal.example/\n"
    )


class Server(EmailBackend):
    """Takes letters, unless told to answer with an error."""

    answers = []

    def send_messages(self, messages):
        if Server.answers and (answer := Server.answers.pop(0)):
            raise answer
        return super().send_messages(messages)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    Server.answers = []
    return Server


def write(key, *, to="anna@example.pl", name="targi", now=NOW, **values):
    with transaction.atomic():
        return outbox.enqueue(to=to, template="letter", context={"name": name}, dedupe_key=key, now=now, **values)


def quietly(key, **values):
    """A letter that no task was sent for, as when the queue is away."""
    email = write(key, due_at=NOW + timedelta(seconds=1), **values)
    OutgoingEmail.objects.filter(pk=email.pk).update(due_at=NOW)
    return email


def deliver(email, now=NOW):
    delivery.deliver(email.pk, clock=lambda: now)
    email.refresh_from_db()
    return email


def test_a_letter_goes_after_the_commit_as_text_and_html():
    write("a")

    [letter] = mail.outbox
    [(html, kind)] = letter.alternatives
    assert (letter.to, letter.subject) == (["anna@example.pl"], "Zaproszenie: targi")
    assert letter.body.partition("\n-- \n")[0] == "Dzień dobry,\n\nzapraszamy na targi: https://portal.example/\n"
    assert kind == "text/html"
    assert '<a href="https://portal.example/"' in html
    assert '<html lang="pl">' in html
    headers = letter.message()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"] == f"<{OutgoingEmail.objects.get().pk}.20261120083000@localhost>"


def test_what_is_rolled_back_is_never_sent():
    with transaction.atomic():
        write("a")
        transaction.set_rollback(True)

    assert not OutgoingEmail.objects.exists()
    assert mail.outbox == []


def test_outside_a_transaction_it_is_a_mistake():
    with pytest.raises(RuntimeError, match="inside the transaction"):
        outbox.enqueue(to="a@example.pl", template="letter", context={"name": "x"}, dedupe_key="a", now=NOW)


def test_a_letter_that_nobody_registered_is_a_mistake():
    with pytest.raises(LookupError), transaction.atomic():
        outbox.enqueue(to="a@example.pl", template="other", context={}, dedupe_key="a", now=NOW)


def test_the_same_key_is_one_letter():
    assert write("a") == write("a", name="inne")
    assert [letter.subject for letter in mail.outbox] == ["Zaproszenie: targi"]


def test_a_line_break_in_a_subject_begins_no_header():
    write("a", name="targi\r\nBcc: all@example.pl")

    assert mail.outbox[0].subject == "Zaproszenie: targi"
    with pytest.raises(IntegrityError):
        OutgoingEmail.objects.update(subject="a\nBcc: b")


def test_what_is_typed_is_itself_in_the_text_and_no_html():
    write("a", name="<script>alert(1)</script> & spółka")

    [letter] = mail.outbox
    [(html, _)] = letter.alternatives
    assert letter.subject == "Zaproszenie: <script>alert(1)</script> & spółka"
    assert "zapraszamy na <script>alert(1)</script> & spółka:" in letter.body
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; spółka" in html


@pytest.fixture
def queue_away(monkeypatch):
    # Connections of earlier tests are kept here.
    monkeypatch.setattr(current_app.amqp, "_producer_pool", None)
    usual = {"task_always_eager": True, "broker_url": current_app.conf.broker_url}
    current_app.conf.update({"task_always_eager": False, "broker_url": "redis://127.0.0.1:1"})
    yield
    current_app.conf.update(usual)


def test_when_the_queue_is_away_the_letter_waits_for_the_sweep(queue_away):
    email = write("a")

    assert mail.outbox == []
    assert delivery.waiting_addresses(now=NOW) == [email.pk]


def test_nobody_waits_for_a_queue_that_is_away(queue_away, monkeypatch):
    slept = []
    monkeypatch.setattr("kombu.utils.functional.sleep", slept.append)

    write("a")

    assert sum(slept) < 0.5


def test_the_sweep_sends_what_is_due_to_everybody():
    for number, address in enumerate(("anna@example.pl", "jan@example.pl", "anna@example.pl")):
        quietly(str(number), to=address)

    tasks.sweep_outbox.delay()

    assert sorted(letter.to[0] for letter in mail.outbox) == ["anna@example.pl", "anna@example.pl", "jan@example.pl"]
    assert delivery.waiting_addresses(now=NOW) == []


def test_a_server_that_does_not_answer_is_tried_again_ever_later(server):
    server.answers = [OSError("refused")] * 9
    email = quietly("a")
    moments, now = [], NOW
    while email.failed_at is None:
        deliver(email, now)
        moments.append(int((email.due_at - now).total_seconds() // 60))
        assert deliver(email, email.due_at - timedelta(seconds=1)).attempts == len(moments) or email.failed_at
        now = email.due_at

    assert moments == [1, 5, 20, 60, 180, 360, 720, 720, 0]
    assert (email.attempts, email.is_bounce, email.sent_at) == (9, False, None)
    assert email.last_error == "OSError: refused"
    assert delivery.waiting_addresses(now=now + timedelta(days=9)) == []


def test_a_letter_given_up_can_be_sent_again(server):
    server.answers = [smtplib.SMTPRecipientsRefused({"anna@example.pl": (550, b"no such mailbox")})]
    email = deliver(quietly("a"))
    assert (email.failed_at, email.is_bounce) == (NOW, True)

    delivery.give_another_chance(email_id=email.pk, now=NOW)
    with pytest.raises(Refused, match="nie był zaniechany"):
        delivery.give_another_chance(email_id=email.pk, now=NOW)

    assert deliver(email).sent_at == NOW
    assert len(mail.outbox) == 1


def test_a_full_mailbox_is_no_bounce(server):
    server.answers = [smtplib.SMTPRecipientsRefused({"anna@example.pl": (452, b"full")})]

    email = deliver(quietly("a"))

    assert (email.failed_at, email.is_bounce, email.due_at) == (None, False, NOW + timedelta(minutes=1))


def test_letters_of_one_person_go_in_order_and_a_stuck_one_keeps_the_later_back(server):
    server.answers = [OSError("refused")]
    first, second = quietly("a", name="pierwszy"), quietly("b", name="drugi", to="ANNA@example.pl")
    other = quietly("c", to="jan@example.pl", name="inny")

    deliver(second)
    assert mail.outbox == []
    deliver(other)
    deliver(second, NOW + timedelta(minutes=2))

    assert [letter.subject.rpartition(" ")[2] for letter in mail.outbox] == ["inny", "pierwszy", "drugi"]
    assert deliver(first).sent_at == NOW + timedelta(minutes=2)


def test_a_letter_given_up_does_not_keep_the_later_back(server):
    server.answers = [smtplib.SMTPRecipientsRefused({"anna@example.pl": (550, b"gone")})]
    quietly("a", name="pierwszy")

    deliver(quietly("b", name="drugi"))

    assert [letter.subject for letter in mail.outbox] == ["Zaproszenie: drugi"]


def test_a_letter_for_later_waits_for_its_hour():
    email = write("a", due_at=NOW + timedelta(hours=8))

    assert deliver(email).sent_at is None
    assert deliver(email, NOW + timedelta(hours=8)).sent_at == NOW + timedelta(hours=8)


def test_letters_are_forgotten_after_their_time_but_those_that_wait_are_not(settings, server):
    settings.MAIL_KEPT_DAYS = 30
    server.answers = [smtplib.SMTPRecipientsRefused({"anna@example.pl": (550, b"gone")})]
    deliver(quietly("given up"))
    deliver(quietly("sent"))
    waiting = write("waiting", to="jan@example.pl", due_at=NOW + timedelta(days=90))

    assert delivery.forget_old(now=NOW + timedelta(days=30)) == 0
    assert delivery.forget_old(now=NOW + timedelta(days=31)) == 2

    assert list(OutgoingEmail.objects.all()) == [waiting]


def test_two_workers_at_once_send_each_letter_once_and_in_order(server):
    emails = [quietly(str(number), name=f"nr-{number}") for number in range(12)]

    def work(email):
        try:
            delivery.deliver(email.pk, clock=lambda: NOW)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(email,)) for email in emails[::2]]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert [letter.subject for letter in mail.outbox] == [f"Zaproszenie: nr-{number}" for number in range(12)]


def test_a_file_goes_with_the_letter():
    write("a", attachment=outbox.Attachment("spotkanie.ics", "text/calendar; method=PUBLISH", "BEGIN:VCALENDAR\r\n"))
    [letter] = mail.outbox
    assert letter.attachments == [("spotkanie.ics", "BEGIN:VCALENDAR\r\n", "text/calendar; method=PUBLISH")]
    part = letter.message().get_payload()[1]
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "PUBLISH")
    assert part.get_content_charset() == "utf-8"


def test_a_file_without_a_name_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="notifications_attachment_named"):
        write("a", attachment=outbox.Attachment("", "text/calendar", "BEGIN:VCALENDAR"))
