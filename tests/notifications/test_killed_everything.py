"""Web, worker, beat, Valkey and PostgreSQL, each killed with -9 at its worst moment: the outbox keeps its promise."""

from collections import Counter

import pytest

from tests.local.conftest import var  # noqa: F401
from tests.notifications.mailserver import MailServer
from tests.notifications.site import Site, eventually

pytestmark = pytest.mark.processes

ANNA, JAN, EWA = "anna@example.pl", "jan@example.pl", "ewa@example.pl"
SENT = "SELECT count(*) = 0 FROM notifications_outgoingemail WHERE sent_at IS NULL"


@pytest.fixture
def mail_server():
    with MailServer() as server:
        yield server
        server.release()
        server.shutdown()


@pytest.fixture
def site(var, mail_server):  # noqa: F811
    site = Site(var, mail_server)
    try:
        site.start("postgres", "valkey")
        site.migrate("accounts", "notifications", "sessions", "account", "mfa", "usersessions")
        site.start("web", "worker", "beat")
        yield site
    finally:
        mail_server.release()
        site.stop()


def test_nothing_is_lost_or_out_of_order_and_only_letters_in_hand_come_twice(site, mail_server):
    in_hand = set()

    def all_sent():
        return site.rows(SENT)[0][0]

    def hold(moment, key, *addresses):
        """Letters whose sending stops at `moment`; returns when the first of them is there."""
        mail_server.hold(moment)
        site.write(key, *addresses)
        assert mail_server.held.wait(timeout=60)

    # 1. The web process, after its commit and before its nudge: the queue takes nothing.
    site.freeze("valkey")
    site.ask_for_password(ANNA)
    eventually(lambda: site.rows("SELECT FROM notifications_outgoingemail"))
    site.kill("web", "valkey")
    assert mail_server.taken == []
    site.start("valkey", "web")
    eventually(all_sent)

    # 2. The worker, when the mail server has the letter and has not said so yet.
    hold("after", "worker", ANNA, JAN, ANNA, JAN, ANNA)
    site.kill("worker")
    in_hand |= {number_of(letter) for letter in mail_server.taken}
    mail_server.release()
    site.start("worker")
    eventually(all_sent)

    # 3. The queue with nudges in it, which it keeps nowhere, and whoever could have sent them again.
    site.kill("worker", "beat")
    site.write("queue", EWA, ANNA, EWA)
    site.kill("valkey")
    site.start("valkey", "worker", "beat")
    eventually(all_sent)

    # 4. The database, with the row of the letter locked by the worker that speaks to the mail server.
    hold("before", "database", JAN, ANNA, JAN)
    site.kill("postgres")
    taken = len(mail_server.taken)
    mail_server.release()
    eventually(lambda: len(mail_server.taken) > taken)
    site.start("postgres")
    in_hand |= {number_of(letter) for letter in mail_server.taken[taken:]}
    eventually(all_sent)

    # 5. Nobody is killed, but the mail server is slow and sweeps come meanwhile.
    hold("after", "slow", ANNA, JAN)
    site.wait_for_sweeps(3)
    mail_server.release()
    eventually(all_sent)

    # 6. A letter asked for in the web as on any other day.
    site.ask_for_password(EWA)
    eventually(
        lambda: site.rows("SELECT FROM notifications_outgoingemail WHERE dedupe_key LIKE 'accounts:%' OFFSET 1")
    )
    eventually(all_sent)

    written = dict(site.rows('SELECT id, "to" FROM notifications_outgoingemail'))
    times = Counter(number_of(letter) for letter in mail_server.taken)
    assert len(written) == 1 + 5 + 3 + 3 + 2 + 1
    assert times.keys() == written.keys()
    assert {number for number, count in times.items() if count > 1} <= in_hand
    assert max(times.values()) <= 2
    for address in (ANNA, JAN, EWA):
        came = [number_of(letter) for letter in mail_server.taken if letter["To"] == address]
        assert came == sorted(came), address


def number_of(letter):
    """The row that a letter was made of, from its Message-ID."""
    return int(letter["Message-ID"].strip("<").partition(".")[0])
