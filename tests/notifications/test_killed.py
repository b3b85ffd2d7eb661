"""`kill -9` of the process that sends: nothing is lost, and only the letter in its hands may come twice."""

import os
import subprocess
import sys
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from notifications import delivery
from notifications.models import OutgoingEmail

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]

LETTERS = 6
ALL = [f"nr {number}" for number in range(LETTERS)]
SEND = """
import sys
import django
django.setup()
from django.utils import timezone
from notifications import delivery
delivery.deliver(int(sys.argv[1]), clock=timezone.now)
"""


@pytest.fixture
def emails():
    now = timezone.now() - timedelta(hours=1)
    return [
        OutgoingEmail.objects.create(
            to="anna@example.pl",
            template="letter",
            subject=f"nr {number}",
            body="Treść\n",
            dedupe_key=str(number),
            created_at=now,
            due_at=now,
        )
        for number in range(LETTERS)
    ]


@pytest.fixture
def start(mail_server):
    """start(email) begins to send in a process of its own."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = os.environ | {
        "DATABASE_URL": urlunsplit(url),
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mail_server.port),
    }
    started = []

    def begin(email):
        command = [sys.executable, "-c", SEND, str(email.pk)]
        started.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()


def subjects(mail_server):
    return [str(letter["Subject"]) for letter in mail_server.taken]


@pytest.mark.parametrize(("moment", "twice"), [("before", 0), ("after", 1)])
def test_nothing_is_lost_and_only_the_letter_in_hand_may_come_twice(mail_server, emails, start, moment, twice):
    mail_server.hold(moment)
    process = start(emails[0])
    assert mail_server.held.wait(timeout=60)
    process.kill()
    process.wait()
    assert OutgoingEmail.objects.waiting().count() == LETTERS
    mail_server.release()

    delivery.deliver(emails[0].pk, clock=timezone.now)

    assert not OutgoingEmail.objects.waiting().exists()
    assert subjects(mail_server) == ["nr 0"] * twice + ALL
    # Mail programs show letters of one Message-ID once.
    assert len({letter["Message-ID"] for letter in mail_server.taken}) == LETTERS


def test_two_processes_at_once_send_each_letter_once(mail_server, emails, start):
    mail_server.hold("after")
    first = start(emails[0])
    assert mail_server.held.wait(timeout=60)
    second = start(emails[-1])
    mail_server.release()

    assert (first.wait(), second.wait()) == (0, 0)

    assert subjects(mail_server) == ALL
