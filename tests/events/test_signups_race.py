"""500 people press at once for 50 places, on two web servers; one of them and the worker are killed in between."""

import os
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from django.utils import timezone

from events.choices import RegistrationState as State
from events.models import Event, Registration, RegistrationStep
from notifications.models import OutgoingEmail
from tests.events.factories import EventFactory
from tests.events.race import Crowd, TwoWebs
from tests.events.slowness import slow_sign_ups
from tests.local.conftest import var  # noqa: F401
from tests.notifications.mailserver import MailServer
from tests.notifications.site import eventually

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]
PEOPLE, PLACES, CLIENTS = 500, 50, 50


@pytest.fixture
def event():
    start = timezone.now() + timedelta(days=10)
    event = EventFactory(slug="wyscig", capacity=PLACES, starts_at=start, ends_at=start + timedelta(hours=5))
    with slow_sign_ups(0.003):
        yield event


@pytest.fixture
def site(var, event):  # noqa: F811
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    with MailServer() as mail_server:
        site = TwoWebs(var, mail_server, database_url=urlunsplit(url))
        try:
            site.start("valkey", "web-1", "web-2", "worker", "beat")
            eventually(site.is_open)
            yield site
        finally:
            site.stop()
            mail_server.shutdown()


def test_the_last_place_is_given_once_and_nobody_who_got_an_answer_is_lost(site, record_property):
    crowd = Crowd(list(site.ports.values()))

    def break_things():
        eventually(lambda: len(crowd.answers) > PEOPLE // 10)
        site.kill("worker")
        eventually(lambda: len(crowd.answers) > PEOPLE // 4)
        site.kill("web-2")
        eventually(lambda: len(crowd.answers) > PEOPLE // 2)
        site.start("web-2", "worker")

    crowd.press(people=PEOPLE, clients=CLIENTS, meanwhile=break_things)

    rows = list(Registration.objects.order_by("pk").values_list("state", "email"))
    assert [state for state, _ in rows] == [State.CONFIRMED] * PLACES + [State.RESERVE] * (PEOPLE - PLACES)
    everybody = sorted(f"ewa{number}@example.pl" for number in range(PEOPLE))
    assert sorted(email for _, email in rows) == everybody
    assert Event.objects.get().taken == PLACES
    assert RegistrationStep.objects.count() == PEOPLE
    assert sorted(OutgoingEmail.objects.values_list("to", flat=True)) == everybody
    # Each was led to a place of their own, by both presses to the same one.
    assert len(crowd.answers) == PEOPLE
    led = [set(found) for found in crowd.answers.values()]
    assert {len(places) for places in led} == {1}
    assert len(set().union(*led)) == PEOPLE
    assert all(place.startswith("/zapis/") for places in led for place in places)
    # Its clients came again elsewhere.
    assert crowd.retries > 0
    # The worker that was started anew goes on where the dead one stopped.
    surely = OutgoingEmail.objects.filter(template="events/email/signup_confirmed")
    eventually(lambda: not surely.waiting().exists())
    presses = PEOPLE + PEOPLE // 5
    record_property("signups", f"{presses / crowd.seconds:.0f}/s, {crowd.retries} retries, {crowd.seconds:.1f} s")
    print(
        f"{presses} presses in {crowd.seconds:.1f} s: {presses / crowd.seconds:.0f}/s; {crowd.retries} came again, "
        f"{crowd.turned_away} were asked to"
    )
