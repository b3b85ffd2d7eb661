"""An institution leaves in the very moment in which its people are signed up: nobody slips in, nobody is stuck."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event as Signal

import pytest
from django.utils import timezone

from events.choices import RegistrationState as State
from events.coordination.pasted import parse
from events.models import Registration
from events.use_cases.enrolment import ending
from events.use_cases.signups import by_hand
from events.use_cases.signups.entering import Person, sign_up
from events.use_cases.signups.places import locked
from tests.accounts.factories import account
from tests.events.enrolling import accepted, edition
from tests.events.factories import EventFactory
from tests.events.threads import apart, held, until_waiting
from tests.notifications.site import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event():
    start = timezone.now() + timedelta(days=10)
    return EventFactory(edition=edition(), starts_at=start, ends_at=start + timedelta(hours=5))


@pytest.fixture
def pool():
    with ThreadPoolExecutor(3) as pool:
        yield pool


def leave(pool, enrolment):
    return pool.submit(apart, ending.end, enrolment_id=enrolment.pk, reason="Koniec działalności.", actor=account())


def test_a_sign_up_that_is_being_written_is_given_back(event, pool):
    enrolment, go = accepted(event.edition), Signal()
    who = Person(participant=enrolment.delegations.get().participant_id)
    signing = held(sign_up, go)
    signed_up = pool.submit(apart, signing, event_id=event.pk, people=[who], enrolment=enrolment)
    assert signing.ready.wait(timeout=PATIENCE)
    left = leave(pool, enrolment)
    until_waiting(1, left)
    go.set()
    [registration] = signed_up.result()
    left.result()
    registration.refresh_from_db()
    assert registration.state == State.RESIGNED


@pytest.mark.parametrize("entered", ["newcomer", "list"])
def test_a_coordinator_who_adds_somebody_meanwhile_and_who_ends_it_do_not_wait_for_each_other(event, pool, entered):
    enrolment, go = accepted(event.edition), Signal()
    holding = held(lambda event_id, now: locked(event_id), go)
    first = pool.submit(apart, holding, event_id=event.pk)
    assert holding.ready.wait(timeout=PATIENCE)
    given = {"event_id": event.pk, "actor": None}
    if entered == "newcomer":
        named = {"first_name": "Ewa", "last_name": "Nowak", "enrolment_id": enrolment.pk, "channel": "telefon"}
        adding = pool.submit(apart, by_hand.enter_newcomer, **given, **named)
    else:
        lines = parse(f"Ewa Nowak; {enrolment.name}")
        adding = pool.submit(apart, by_hand.enter_list, **given, lines=lines)
    until_waiting(1, adding)
    left = leave(pool, enrolment)
    until_waiting(2, left)
    go.set()
    first.result(), adding.result(), left.result()
    assert list(Registration.objects.values_list("last_name", "state")) == [("Nowak", State.RESIGNED)]
