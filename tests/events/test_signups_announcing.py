"""A change or a cancellation is told to everybody once, whatever was killed in between."""

from datetime import timedelta

import pytest
import time_machine
import vobject
from icalendar import Calendar

from core.exceptions import Refused
from events.choices import EventState
from events.choices import RegistrationState as State
from events.models import Event, EventStep, Registration
from events.tasks import signups as tasks
from events.use_cases.calendar import steps as event_steps
from events.use_cases.signups import announcing, reminding, steps
from events.use_cases.signups.entering import Person, sign_up
from notifications.models import OutgoingEmail
from tests.events.factories import NOW, START, EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
WORDS = "Nowe miejsce: Sala Przykładowa."


def take_step(event, name="move", target=EventState.MOVED, note=WORDS):
    changes = {"state": target, "sequence": 3}
    if target == EventState.CANCELLED:
        changes["cancel_reason"] = note
    Event.objects.filter(pk=event.pk).update(**changes)
    return EventStep.objects.create(
        event=event, name=name, source=EventState.PUBLISHED, target=target, note=note, made_at=LATER
    )


def cancel(event):
    return take_step(event, "cancel", EventState.CANCELLED, "Choroba prelegenta.")


def registered(event, state=State.CONFIRMED, **more):
    return RegistrationFactory(event=event, state=state, registered_at=NOW, **more)


def told(template):
    rows = OutgoingEmail.objects.filter(template=f"events/email/signup_{template}").order_by("pk")
    return {letter.to: letter for letter in rows}


def tell(step):
    return announcing.tell(step_id=step.pk, now=LATER)


def test_everybody_with_a_place_or_a_turn_is_told_once():
    event = EventFactory(online_url="https://spotkanie.example/")
    for state in State:
        registered(event, state, email=f"{state.value}@example.pl")
    step = take_step(event)
    RegistrationFactory(event=event, registered_at=LATER + timedelta(minutes=1), email="potem@example.pl")
    assert tell(step) == 7
    assert tell(step) == 0
    letters = told("changed")
    assert set(letters) == {f"{state.value}@example.pl" for state in State.active()}
    assert WORDS in letters["rezerwa@example.pl"].body
    assert "nadal jest na liście rezerwowej" in letters["rezerwa@example.pl"].body
    # The on-line link is for those who have a place for sure, in the letter and in its file.
    for state in State.active():
        letter = letters[f"{state.value}@example.pl"]
        is_sure = state in (State.CONFIRMED, State.PRESENT)
        assert ("spotkanie.example" in letter.body + letter.attachment) is is_sure, state


def test_the_entry_of_a_calendar_is_newer_after_each_change():
    event = EventFactory(title="Targi; z średnikiem, i przecinkiem")
    sign_up(event_id=event.pk, people=[Person(first_name="Ewa", last_name="N", email="e@example.pl")], now=NOW)
    first = entry(told("confirmed")["e@example.pl"])
    step = take_step(event)
    tell(step)
    second = entry(told("changed")["e@example.pl"])
    Event.objects.filter(pk=event.pk).update(state=EventState.PUBLISHED)
    tell(cancel(event))
    letter = told("cancelled")["e@example.pl"]
    third = entry(letter)
    assert first["UID"] == second["UID"] == third["UID"] == f"{event.uid}@testserver"
    assert first["SEQUENCE"] < second["SEQUENCE"] < third["SEQUENCE"]
    assert [one["STATUS"] for one in (first, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert letter.attachment_type == "text/calendar; charset=utf-8; method=CANCEL"
    assert "METHOD:CANCEL" in letter.attachment
    # A second library reads it too.
    read = vobject.readOne(letter.attachment).vevent
    assert read.summary.value == f"Odwołane: {event.title}"
    assert read.dtstart.value == START


def entry(letter):
    calendar = Calendar.from_ical(letter.attachment)
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Warsaw"]
    [found] = calendar.walk("VEVENT")
    assert found["DTSTART"].params["TZID"] == "Europe/Warsaw"
    return found


def test_a_cancelled_event_ends_all_waiting_without_another_letter():
    event = EventFactory(capacity=2)
    one = registered(event)
    offered = registered(event, State.OFFERED, hold_until=LATER + timedelta(minutes=5))
    waiting = registered(event, State.RESERVE)
    reminding.remind(now=START - timedelta(days=7))
    step = cancel(event)
    assert tell(step) == 3
    assert set(told("cancelled")) == {one.email, offered.email, waiting.email}
    assert "Powód: Choroba prelegenta." in told("cancelled")[one.email].body
    offered.refresh_from_db()
    waiting.refresh_from_db()
    assert (offered.state, waiting.state) == (State.RESIGNED, State.RESERVE)
    assert offered.steps.get().note == "Wydarzenie odwołane."
    for moment in (LATER + timedelta(hours=1), START - timedelta(days=1)):
        steps.let_time_pass(event_id=event.pk, now=moment)
        reminding.remind(now=moment)
    with pytest.raises(Refused, match="odwołane"):
        steps.resign(registration_id=one.pk, now=LATER)
    steps.resign(registration_id=one.pk, kind="staff", now=LATER)
    assert told("resigned") == told("lapsed") == told("your_turn") == told("reminder_1") == {}
    assert tell(step) == 0


def test_waiting_that_ends_before_the_letters_are_written_is_quiet_too():
    event = EventFactory()
    registered(event, State.OFFERED, hold_until=LATER)
    cancel(event)
    assert steps.let_time_pass(event_id=event.pk, now=LATER) == 1
    assert told("lapsed") == {}


def test_what_a_killed_worker_left_is_gone_on_with():
    event = EventFactory()
    people = [registered(event) for _ in range(3)]
    step = take_step(event)
    announcing._tell_batch(step, [people[0].pk], LATER)
    with time_machine.travel(LATER + timedelta(minutes=5), tick=False):
        tasks.finish_telling()
        tasks.finish_telling()
    assert set(told("changed")) == {one.email for one in people}
    assert OutgoingEmail.objects.count() == 3
    assert list(Registration.objects.values_list("sequence", flat=True)) == [1, 1, 1]


def test_a_move_that_was_followed_by_a_cancellation_is_not_told_any_more():
    event = EventFactory()
    registered(event)
    moved = take_step(event)
    cancelled = cancel(event)
    assert tell(moved) == 0
    assert announcing.half_told(since=NOW) == [cancelled.pk]


def test_a_change_does_not_hide_the_move_before_it_of_which_people_are_untold():
    event = EventFactory()
    registered(event)
    moved = take_step(event)
    change = take_step(event, "change", note="Nowa sala.")
    assert announcing.half_told(since=NOW) == [moved.pk, change.pk]
    assert tell(moved) == tell(change) == 1
    assert announcing.half_told(since=NOW) == []


def test_whoever_gave_the_place_back_after_a_change_is_not_told_that_the_sign_up_stands():
    event = EventFactory()
    stays, leaves = registered(event), registered(event)
    moved = take_step(event)
    steps.resign(registration_id=leaves.pk, now=LATER)
    # Also when it happened between two batches.
    assert announcing._tell_batch(moved, [stays.pk, leaves.pk], LATER) == 1
    assert tell(moved) == 0
    assert list(told("changed")) == [stays.email]
    # That there is no event concerns both.
    assert tell(cancel(event)) == 2


def test_nobody_is_told_of_a_change_once_the_event_has_taken_place():
    event = EventFactory()
    registered(event)
    moved = take_step(event)
    Event.objects.filter(pk=event.pk).update(state=EventState.HELD)
    assert tell(moved) == 0
    assert announcing.half_told(since=NOW) == []


def test_letters_are_written_in_batches(monkeypatch):
    monkeypatch.setattr(announcing, "BATCH", 2)
    event = EventFactory()
    for _ in range(5):
        registered(event)
    assert tell(take_step(event)) == 5
    assert len(told("changed")) == 5


def move(event):
    days = [(START + timedelta(days=7), START + timedelta(days=7, hours=4), False)]
    event_steps.move(event_id=event.pk, days=days, words="", actor=None, now=LATER)


def test_letters_to_many_are_written_after_the_commit_and_found_when_the_queue_is_away(
    django_capture_on_commit_callbacks, monkeypatch
):
    monkeypatch.setattr(announcing, "MANY", 2)
    few, many, lost = (EventFactory() for _ in range(3))
    for event, count in ((few, 2), (many, announcing.MANY + 1), (lost, announcing.MANY + 1)):
        for _ in range(count):
            registered(event)
    with time_machine.travel(LATER, tick=False):
        with django_capture_on_commit_callbacks() as ordered:
            move(few)
            assert len(told("changed")) == 2
            move(many)
            assert len(told("changed")) == 2
        [order] = [one for one in ordered if "announce" in one.__qualname__]
        order()
        assert len(told("changed")) == announcing.MANY + 3
        move(lost)  # its order never comes
        tasks.finish_telling()
        tasks.finish_telling()
    assert len(told("changed")) == 2 * announcing.MANY + 4
    assert OutgoingEmail.objects.count() == 2 * announcing.MANY + 4
