"""The last place is given once. The gap between looking and writing is made wide, so that only the lock can help."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal

import pytest
from django.db import connection, connections, transaction

from core.exceptions import Refused
from events.choices import RegistrationState as State
from events.models import Event, Registration
from events.use_cases.signups import steps
from events.use_cases.signups.by_address import send_links
from events.use_cases.signups.entering import Person, sign_up
from events.use_cases.signups.places import locked
from notifications.models import OutgoingEmail
from tests.events.factories import NOW, DelegationFactory, EventFactory
from tests.events.slowness import slow_sign_ups
from tests.events.threads import apart, held
from tests.notifications.site import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, PLACES = 60, 7


@pytest.fixture
def _wide_gap():
    """Between the look for a free place and the row that takes it lie 20 ms."""
    with slow_sign_ups(0.02):
        yield


def press(event):
    def once(number):
        who = Person(first_name="Ewa", last_name=f"Nowak-{number}", email=f"ewa{number}@example.pl")
        try:
            return sign_up(event_id=event.pk, people=[who], now=NOW)[0].pk
        finally:
            connections.close_all()

    return once


@pytest.mark.usefixtures("_wide_gap")
def test_everybody_presses_at_once_and_twice_and_each_has_one_place_or_one_turn():
    event = EventFactory(capacity=PLACES)
    twice = [*range(PEOPLE), *range(PEOPLE)]
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(press(event), twice))
    assert kept[:PEOPLE] == kept[PEOPLE:]
    rows = list(Registration.objects.order_by("pk").values_list("state", flat=True))
    assert rows == [State.CONFIRMED] * PLACES + [State.RESERVE] * (PEOPLE - PLACES)
    assert Event.objects.get().taken == PLACES
    assert OutgoingEmail.objects.values("to").distinct().count() == OutgoingEmail.objects.count() == PEOPLE


def test_places_given_back_and_overdue_at_once_pass_on_one_by_one():
    event = EventFactory(capacity=PLACES)
    kept = [press_here(event, number) for number in range(PLACES * 3)]

    def give_back(registration):
        try:
            steps.resign(registration_id=registration.pk, now=NOW)
            steps.let_time_pass(event_id=event.pk, now=NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(give_back, kept[:PLACES]))
    rows = list(Registration.objects.order_by("pk").values_list("state", flat=True))
    assert rows == [State.RESIGNED] * PLACES + [State.OFFERED] * PLACES + [State.RESERVE] * PLACES
    assert Event.objects.get().taken == PLACES


def test_whose_turn_does_not_come_is_told_to_come_again_and_gets_no_letter():
    line, go = DelegationFactory(), Signal()
    event = EventFactory(edition=line.enrolment.edition)
    holding = held(lambda event_id, now: locked(event_id), go)
    people = [Person(participant=line.participant_id)]
    with ThreadPoolExecutor(1) as pool:
        pool.submit(apart, holding, event_id=event.pk)
        assert holding.ready.wait(timeout=PATIENCE)
        for press in (
            lambda: sign_up(event_id=event.pk, people=people, enrolment=line.enrolment, now=NOW),
            lambda: send_links(event_id=event.pk, email=line.participant.email, now=NOW),
            lambda: send_links(event_id=event.pk, email="nieznany@example.pl", now=NOW),
        ):
            with transaction.atomic():
                connection.cursor().execute("SET LOCAL lock_timeout = 1")
                with pytest.raises(Refused, match="Bardzo dużo osób"):
                    press()
        go.set()
    assert not Registration.objects.exists()
    assert not OutgoingEmail.objects.exists()


def press_here(event, number):
    who = Person(first_name="Ewa", last_name=f"Nowak-{number}", email=f"ewa{number}@example.pl")
    return sign_up(event_id=event.pk, people=[who], now=NOW)[0]
