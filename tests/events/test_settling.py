"""An event that is over: held by the clock or by hand, settled when nothing is open."""

from datetime import timedelta

import pytest

from accounts.choices import Role
from core.exceptions import Refused
from events.choices import EventState, RegistrationState
from events.models import Event, EventStep, Registration
from events.tasks.day import hold_past_events as task
from events.use_cases.day.attendance import mark_present, unmark
from events.use_cases.day.days import finish_day
from events.use_cases.day.settling import hold_event, hold_past_events, reopen, settle
from tests.accounts.factories import account
from tests.events.factories import END, START, EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return account(Role.COORDINATOR)


def state_of(event):
    return Event.objects.get(pk=event.pk).state


def test_the_clock_holds_what_is_over_and_nothing_else():
    over, moved, coming, draft, cancelled = (
        EventFactory(),
        EventFactory(state=EventState.MOVED),
        EventFactory(days=[(START, END), (START + timedelta(1), END + timedelta(1))]),
        EventFactory(state=EventState.DRAFT),
        EventFactory(state=EventState.CANCELLED, cancel_reason="choroba"),
    )
    row = RegistrationFactory(event=over)
    assert (hold_past_events(now=END), hold_past_events(now=END)) == (2, 0)
    assert [state_of(one) for one in (over, moved, coming, draft, cancelled)] == [
        "odbyte", "odbyte", "opublikowane", "szkic", "odwolane",
    ]  # fmt: skip
    row.refresh_from_db()
    assert row.state == "nieobecny"
    step = EventStep.objects.get(event=over)
    assert (step.name, step.source, step.target, step.made_by, step.made_at) == (
        "hold", "opublikowane", "odbyte", None, END,
    )  # fmt: skip
    assert row.steps.get().made_by is None


def test_the_task_of_the_schedule_holds_by_its_own_clock():
    event = EventFactory(days=[(START - timedelta(400), END - timedelta(400))])
    task()
    assert state_of(event) == "odbyte"


def test_a_coordinator_may_end_a_day_before_its_hour_but_not_before_it_begins(coordinator):
    event = EventFactory()
    with pytest.raises(Refused, match="nie zaczęło"):
        hold_event(event_id=event.pk, actor=coordinator, now=START - timedelta(minutes=1))
    # The clock waits for the end, also of an event that was put off while it was at work.
    with pytest.raises(Refused, match="jeszcze trwa"):
        hold_event(event_id=event.pk, actor=None, now=END - timedelta(minutes=1))
    hold_event(event_id=event.pk, actor=coordinator, now=START + timedelta(hours=2))
    assert state_of(event) == "odbyte"


def test_an_event_is_settled_when_every_day_is_finished_and_everybody_decided(coordinator):
    event = EventFactory()
    row = RegistrationFactory(event=event)
    day = event.days.get()
    of_event = {"event_id": event.pk, "actor": coordinator}
    with pytest.raises(Refused, match="Tego kroku"):
        settle(**of_event, now=END)
    hold_event(**of_event, now=END)
    with pytest.raises(Refused, match=r"nie jest zakończona: 3.grudnia.2026, 9:00"):
        settle(**of_event, now=END)
    unmark(registration_id=row.pk, day_id=day.pk, actor=coordinator, now=END)
    finish_day(**of_event, day_id=day.pk, now=END)
    with pytest.raises(Refused, match="nie wiadomo, czy były: 1"):
        settle(**of_event, now=END)
    Registration.objects.update(state=RegistrationState.ABSENT)
    settle(**of_event, now=END + timedelta(days=1))
    event.refresh_from_db()
    assert (event.state, event.settled_at) == ("rozliczone", END + timedelta(days=1))
    with pytest.raises(Refused, match="rozliczone"):
        mark_present(registration_id=row.pk, day_id=day.pk, actor=coordinator, now=END)


def test_settling_is_taken_back_only_with_a_reason(coordinator):
    event = EventFactory(state=EventState.SETTLED, settled_at=END)
    with pytest.raises(Refused, match="dlaczego") as refusal:
        reopen(event_id=event.pk, note=" ", actor=coordinator, now=END)
    assert refusal.value.field == "note"
    reopen(event_id=event.pk, note="Brakło jednej osoby", actor=coordinator, now=END)
    event.refresh_from_db()
    assert (event.state, event.settled_at) == ("odbyte", None)
    assert event.steps.get().note == "Brakło jednej osoby"
