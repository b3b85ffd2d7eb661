"""Two who do the same thing in one moment: nothing is doubled, nothing is lost, nobody gets an error page."""

import pytest
from django.utils import timezone

from accounts.choices import Role
from core.exceptions import Refused
from events.choices import EventState, RegistrationState
from events.models import Certificate, Event, Presence, Registration
from events.use_cases.day.attendance import mark_present
from events.use_cases.day.certificates import issue
from events.use_cases.day.walk_ins import let_in, walk_in
from tests.accounts.factories import account
from tests.accounts.test_at_once import at_once as all_at_once
from tests.events.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_coordinators_who_issue_at_once_leave_no_gap_and_no_double():
    events = [EventFactory(state=EventState.HELD) for _ in range(3)]
    for event in events:
        for _ in range(5):
            RegistrationFactory(event=event, state=RegistrationState.PRESENT)
    now = timezone.now()

    def press(event):
        return lambda: len(issue(event_id=event.pk, actor=None, now=now))

    counts = all_at_once(*[press(event) for event in [*events, *events]])
    assert sorted(counts) == [0, 0, 0, 5, 5, 5]
    numbers = [int(one.split()[1].split("/")[0]) for one in Certificate.objects.values_list("number", flat=True)]
    assert sorted(numbers) == list(range(1, 16))


def test_two_phones_that_mark_the_same_person_make_one_mark():
    row = RegistrationFactory()
    day = row.event.days.get().pk
    users = [account(Role.COORDINATOR, email=f"{name}@example.pl") for name in "abcd"]

    def press(user):
        return lambda: mark_present(registration_id=row.pk, day_id=day, actor=user, now=timezone.now()).pk

    assert set(all_at_once(*map(press, users))) == {Presence.objects.get().pk}
    assert row.steps.count() == 1


def test_the_last_place_at_the_door_is_given_once():
    event = EventFactory(capacity=1)
    rows = [RegistrationFactory(event=event, state=RegistrationState.RESERVE) for _ in range(4)]
    day, actor = event.days.get().pk, account(Role.COORDINATOR)

    def press(row):
        def call():
            try:
                return let_in(registration_id=row.pk, day_id=day, actor=actor, now=timezone.now()).state
            except Refused as refusal:
                return refusal.field

        return call

    assert sorted(all_at_once(*map(press, rows))) == ["obecny", "reason", "reason", "reason"]
    assert Event.objects.values_list("taken", "capacity").get() == (1, 1)


def test_a_form_of_a_walk_in_sent_four_times_at_once_signs_up_one_person():
    event = EventFactory()
    day, actor = event.days.get().pk, account(Role.COORDINATOR)

    def press():
        return walk_in(
            event_id=event.pk, day_id=day, name="Jan Przykładowy", institution="Gmina", actor=actor, now=timezone.now()
        ).pk

    assert set(all_at_once(*[press] * 4)) == {Registration.objects.get().pk}
    assert Presence.objects.count() == 1
