"""What happens by itself: places pass on, reminders and thanks go out, by the Polish clock and once each."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from events.choices import EventState
from events.choices import RegistrationState as State
from events.models import Certificate, Event, Registration
from events.tasks import signups as tasks
from events.use_cases.signups import reminding, steps
from events.use_cases.signups.entering import Person, sign_up
from notifications.models import OutgoingEmail
from tests.events.factories import NOW, DelegationFactory, EditionFactory, EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


def at(text):
    """A moment by the clock of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def make(start, **more):
    return EventFactory(**{"starts_at": at(start), "ends_at": at(start) + timedelta(hours=5)} | more)


def registered(event, state=State.CONFIRMED, **more):
    waits = {"hold_until": event.starts_at} if state in State.waiting() else {}
    return RegistrationFactory(event=event, state=state, registered_at=at("2026-01-02T12:00"), **waits | more)


def remind(moment):
    """Who was written to at this moment, and which kind."""
    before = set(OutgoingEmail.objects.values_list("pk", flat=True))
    reminding.remind(now=at(moment))
    rows = OutgoingEmail.objects.exclude(pk__in=before).order_by("to").values_list("to", "template")
    return [(to, template.removeprefix("events/email/signup_")) for to, template in rows]


def test_reminders_go_out_seven_days_and_one_day_before_at_nine():
    event = make("2026-12-03T08:00", online_url="https://spotkanie.example/")
    registered(event, email="ewa@example.pl")
    assert remind("2026-11-25T15:00") == []
    assert remind("2026-11-26T07:59") == []  # 8.59 in Poland
    assert remind("2026-11-26T08:00") == [("ewa@example.pl", "reminder_7")]
    assert remind("2026-11-26T09:00") == []
    assert remind("2026-12-02T08:00") == [("ewa@example.pl", "reminder_1")]
    assert remind("2026-12-03T08:00") == []
    letter = OutgoingEmail.objects.last()
    assert letter.subject == f"Jutro: {event.title}"
    assert "3 grudnia 2026, godz. 9.00" in letter.body.replace("\xa0", " ")
    assert "https://spotkanie.example/" in letter.body


@pytest.mark.parametrize(
    ("start", "too_early", "nine"),
    [
        # The night to 29 March has no hour from two to three: on that day nine is 7.00 UTC, the day before 8.00.
        ("2026-03-29T08:00", "2026-03-28T07:59", "2026-03-28T08:00"),
        ("2026-03-30T08:00", "2026-03-29T06:59", "2026-03-29T07:00"),
        # The night to 25 October has that hour twice.
        ("2026-10-25T09:00", "2026-10-24T06:59", "2026-10-24T07:00"),
        ("2026-10-26T09:00", "2026-10-25T07:59", "2026-10-25T08:00"),
        # Over midnight, beginning at 23.30 and at 0.30 by the Polish clock.
        ("2026-06-10T21:30", "2026-06-09T06:59", "2026-06-09T07:00"),
        ("2026-06-10T22:30", "2026-06-10T06:59", "2026-06-10T07:00"),
    ],
)
def test_the_day_before_and_nine_are_those_of_the_polish_clock(start, too_early, nine):
    registered(make(start), email="ewa@example.pl")
    assert remind(too_early) == []
    assert remind(nine) == [("ewa@example.pl", "reminder_1")]


def test_only_those_who_come_are_reminded_and_whoever_signed_up_today_knows():
    event = make("2026-12-03T08:00")
    for number, state in enumerate(State):
        registered(event, state, email=f"{number}@example.pl")
    registered(event, email="", first_name="Bez")
    RegistrationFactory(event=event, email="dzis@example.pl", registered_at=at("2026-12-02T07:00"))
    told = dict(remind("2026-12-02T12:00"))
    states = {one.email: one.state for one in Registration.objects.filter(email__in=told)}
    assert set(states.values()) == {State.CONFIRMED, State.AWAITING_DOCUMENTS}
    assert len(told) == 2
    waiting = next(email for email, state in states.items() if state == State.AWAITING_DOCUMENTS)
    assert "czeka na dokumenty" in OutgoingEmail.objects.get(to=waiting).body


def test_a_move_is_reminded_of_anew_and_what_was_called_off_never():
    event = make("2026-12-03T08:00")
    registered(event, email="ewa@example.pl")
    assert remind("2026-12-02T08:00") == [("ewa@example.pl", "reminder_1")]
    Event.objects.update(state=EventState.MOVED, starts_at=at("2026-12-04T08:00"), ends_at=at("2026-12-04T10:00"))
    assert remind("2026-12-02T09:00") == []
    assert remind("2026-12-03T09:00") == [("ewa@example.pl", "reminder_1")]
    Event.objects.update(starts_at=at("2026-12-05T08:00"), ends_at=at("2026-12-05T10:00"))
    Event.objects.update(state=EventState.CANCELLED, cancel_reason="Choroba.")
    assert remind("2026-12-04T09:00") == []


def test_thanks_come_the_day_after_to_those_who_were_there():
    event = make("2026-12-03T08:00")
    there = registered(event, State.PRESENT, email="ewa@example.pl")
    registered(event, State.ABSENT)
    registered(event, State.PRESENT, email="jan@example.pl")
    Certificate.objects.create(registration=there, number="12/2026", code="abc", issued_at=NOW)
    assert reminding.thank(now=at("2026-12-04T09:00")) == 0  # nobody has said that it took place
    Event.objects.update(state=EventState.HELD)
    assert reminding.thank(now=at("2026-12-03T15:00")) == 0
    assert reminding.thank(now=at("2026-12-04T09:00")) == 2
    assert reminding.thank(now=at("2026-12-04T10:00")) == 0
    bodies = dict(OutgoingEmail.objects.values_list("to", "body"))
    assert set(bodies) == {"ewa@example.pl", "jan@example.pl"}
    assert "Zaświadczenie nr 12/2026" in bodies["ewa@example.pl"]
    assert "a gdy zostanie wystawione" in bodies["jan@example.pl"]


def test_the_minute_task_passes_places_on():
    event = make("2026-12-03T08:00", capacity=1)
    registered(event, State.OFFERED)
    Registration.objects.update(hold_until=NOW)
    next_one = registered(event, State.RESERVE)
    with time_machine.travel(NOW - timedelta(seconds=1), tick=False):
        tasks.pass_places_on()
    next_one.refresh_from_db()
    assert next_one.state == State.RESERVE
    with time_machine.travel(NOW, tick=False):
        tasks.pass_places_on()
    next_one.refresh_from_db()
    assert (next_one.state, next_one.hold_until) == (State.OFFERED, NOW + timedelta(hours=48))


@pytest.mark.parametrize("night", ["2026-03-28T18:00", "2026-10-24T18:00"])
def test_a_deadline_over_a_night_of_changed_clocks_is_that_many_hours_and_told_by_the_polish_clock(night):
    event = make("2026-12-03T08:00", capacity=1, offer_hours=24)
    first, second = registered(event), registered(event, State.RESERVE)
    steps.resign(registration_id=first.pk, now=at(night))
    second.refresh_from_db()
    assert second.hold_until == at(night) + timedelta(hours=24)
    told = "29 marca 2026, godz. 20.00" if "03" in night else "25 października 2026, godz. 19.00"
    body = OutgoingEmail.objects.get(template="events/email/signup_your_turn").body.replace("\xa0", " ")
    assert f"Potwierdź udział do {told}" in body


def test_whoever_waits_for_papers_while_the_event_runs_is_left_to_the_coordinators():
    line = DelegationFactory(enrolment__edition=EditionFactory())
    event = make("2026-11-24T08:00", edition=line.enrolment.edition, documents_days=7)
    [one] = sign_up(
        event_id=event.pk, people=[Person(participant=line.participant_id)], enrolment=line.enrolment, now=NOW
    )
    assert one.hold_until == event.ends_at
    assert steps.events_with_overdue(now=event.ends_at) == []
    assert steps.let_time_pass(event_id=event.pk, now=event.ends_at) == 0
    one.refresh_from_db()
    assert one.state == State.AWAITING_DOCUMENTS


def test_what_one_overdue_place_costs_does_not_grow_with_their_number(django_assert_max_num_queries):
    def queries(count):
        event = make("2026-12-03T08:00", capacity=count)
        for _ in range(count):
            registered(event, State.OFFERED)
            registered(event, State.RESERVE)
        with django_assert_max_num_queries(500) as captured:
            assert steps.let_time_pass(event_id=event.pk, now=event.starts_at - timedelta(hours=1)) == 0
            Registration.objects.filter(event=event).exclude(hold_until=None).update(hold_until=NOW)
            assert steps.let_time_pass(event_id=event.pk, now=NOW) == count
        return len(captured)

    one, two, three = (queries(count) for count in (1, 2, 3))
    assert three - two == two - one
