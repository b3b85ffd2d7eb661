"""Marking presence: what a person at the door does, twice, late, and at a full event."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from core.exceptions import Refused
from events.choices import Channel, EventState, PresenceKind, RegistrationState
from events.models import Event, Presence, Registration, RegistrationStep
from events.use_cases.day.attendance import close_attendance, mark_absent, mark_everybody, mark_present, unmark
from events.use_cases.day.days import finish_day, open_day
from events.use_cases.day.meetings import mark_from_meeting
from events.use_cases.day.walk_ins import let_in, walk_in
from tests.accounts.factories import account
from tests.events.factories import (
    AT,
    END,
    START,
    DelegationFactory,
    EventFactory,
    ParticipantFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return account(Role.COORDINATOR)


def marked(row, coordinator, **more):
    given = {"registration_id": row.pk, "day_id": row.event.days.first().pk, "actor": coordinator, "now": AT}
    return mark_present(**given | more)


def steps(row):
    return list(RegistrationStep.objects.filter(registration=row).values_list("name", "source", "target"))


def test_a_mark_is_written_once_with_who_and_when(coordinator):
    row = RegistrationFactory()
    first = marked(row, coordinator)
    second = marked(row, coordinator, now=AT + timedelta(minutes=1))
    row.refresh_from_db()
    assert second.pk == first.pk
    assert (row.state, first.kind, first.arrived_at, first.marked_by) == ("obecny", "obecny", AT, coordinator)
    assert Presence.objects.get().marked_at == AT
    assert steps(row) == [("attend", "potwierdzone", "obecny")]


def test_a_mark_made_days_later_says_nothing_about_the_hour(coordinator):
    row = RegistrationFactory(event__state=EventState.HELD, state=RegistrationState.ABSENT)
    presence = marked(row, coordinator, now=END + timedelta(days=2))
    row.refresh_from_db()
    assert (presence.arrived_at, row.state) == (None, "obecny")


@pytest.mark.parametrize("order", [("late", "gone"), ("gone", "late")])
def test_late_and_left_early_are_both_kept_with_their_hours_in_any_order(coordinator, order):
    row = RegistrationFactory()
    came, went = START + timedelta(hours=1), START + timedelta(hours=3)
    marked(row, coordinator, now=came)
    said = {"late": (PresenceKind.LATE, went + timedelta(minutes=5)), "gone": (PresenceKind.LEFT_EARLY, went)}
    for one in order:
        kind, now = said[one]
        presence = marked(row, coordinator, kind=kind, now=now)
    again = marked(row, coordinator, kind=PresenceKind.LEFT_EARLY, now=END)
    assert (presence.kind, presence.arrived_at, presence.left_at) == ("pozniej-i-wczesniej", came, went)
    assert (again.left_at, Presence.objects.count()) == (went, 1)


def test_who_was_ticked_before_the_beginning_and_came_later_came_when_it_was_said(coordinator):
    row = RegistrationFactory()
    marked(row, coordinator, now=START - timedelta(minutes=20))
    came = START + timedelta(hours=1)
    assert marked(row, coordinator, kind=PresenceKind.LATE, now=came).arrived_at == came


def test_an_undo_brings_the_sign_up_back_and_a_second_one_changes_nothing(coordinator):
    row = RegistrationFactory()
    marked(row, coordinator)
    for minutes in (1, 2):
        unmark(
            registration_id=row.pk,
            day_id=row.event.days.get().pk,
            actor=coordinator,
            now=AT + timedelta(minutes=minutes),
        )
    row.refresh_from_db()
    assert row.state == "potwierdzone"
    assert Presence.objects.count() == 0
    assert steps(row) == [("attend", "potwierdzone", "obecny"), ("unmark", "obecny", "potwierdzone")]


def test_a_mark_from_a_page_older_than_an_undo_does_not_bring_it_back(coordinator):
    row, seen = RegistrationFactory(), AT + timedelta(seconds=10)
    marked(row, coordinator)
    unmark(registration_id=row.pk, day_id=row.event.days.get().pk, actor=coordinator, now=AT + timedelta(minutes=1))
    with pytest.raises(Refused, match="W międzyczasie ktoś zmienił obecność"):
        marked(row, coordinator, now=AT + timedelta(minutes=2), seen_at=seen)
    assert Presence.objects.count() == 0
    marked(row, coordinator, now=AT + timedelta(minutes=2), seen_at=AT + timedelta(minutes=1, seconds=1))
    assert Presence.objects.count() == 1


def test_an_undo_from_a_page_older_than_the_mark_does_not_take_it_away(coordinator):
    row = RegistrationFactory()
    marked(row, coordinator)
    with pytest.raises(Refused, match="W międzyczasie"):
        unmark(
            registration_id=row.pk,
            day_id=row.event.days.get().pk,
            actor=coordinator,
            now=AT + timedelta(minutes=1),
            seen_at=AT - timedelta(seconds=1),
        )
    assert Presence.objects.count() == 1


def test_days_are_marked_apart_and_the_last_undo_counts(coordinator):
    event = EventFactory(days=[(START, END), (START + timedelta(days=1), END + timedelta(days=1))])
    row = RegistrationFactory(event=event)
    first, second = event.days.all()
    for day in (first, second):
        marked(row, coordinator, day_id=day.pk)
    unmark(registration_id=row.pk, day_id=first.pk, actor=coordinator, now=AT)
    row.refresh_from_db()
    assert (row.state, list(row.presences.values_list("day", flat=True))) == ("obecny", [second.pk])
    unmark(registration_id=row.pk, day_id=second.pk, actor=coordinator, now=AT)
    row.refresh_from_db()
    assert row.state == "potwierdzone"


@pytest.mark.parametrize("state", [RegistrationState.RESERVE, RegistrationState.RESIGNED])
def test_nobody_without_a_place_is_marked_by_the_plain_button(coordinator, state):
    row = RegistrationFactory(state=state)
    with pytest.raises(Refused, match="nie ma miejsca"):
        marked(row, coordinator)


@pytest.mark.parametrize(
    ("state", "words"), [("rozliczone", "Cofnij rozliczenie"), ("odwolane", "odwołane"), ("szkic", "szkicem")]
)
def test_an_event_that_is_settled_cancelled_or_a_draft_takes_no_marks(coordinator, state, words):
    row = RegistrationFactory(event__state=state, event__cancel_reason="choroba")
    with pytest.raises(Refused, match=words):
        marked(row, coordinator)


def test_a_finished_day_is_closed_until_somebody_opens_it(coordinator):
    row = RegistrationFactory()
    of_day = {"event_id": row.event_id, "day_id": row.event.days.get().pk, "actor": coordinator}
    with pytest.raises(Refused, match="jeszcze się nie zaczął"):
        finish_day(**of_day, now=START - timedelta(minutes=1))
    finish_day(**of_day, now=END)
    finish_day(**of_day, now=END)
    with pytest.raises(Refused, match="zakończona"):
        marked(row, coordinator)
    with pytest.raises(Refused, match="zakończona"):
        walk_in(**of_day, name="Jan Przykładowy", now=END)
    open_day(**of_day, now=END + timedelta(minutes=1))
    presence = marked(row, coordinator)
    finish_day(**of_day, now=END + timedelta(minutes=2))
    with pytest.raises(Refused, match="zakończona"):
        unmark(registration_id=row.pk, day_id=presence.day_id, actor=coordinator, now=END)
    with pytest.raises(Refused, match="zakończona"):
        mark_absent(registration_id=row.pk, actor=coordinator, now=END)
    assert list(row.event.steps.values_list("name", "note")) == [
        ("finish_day", "2026-12-03 09:00"),
        ("open_day", "2026-12-03 09:00"),
        ("finish_day", "2026-12-03 09:00"),
    ]


def test_everybody_on_a_signed_list_at_once_but_those_said_to_be_absent(coordinator):
    event = EventFactory()
    come, absent, reserve = (
        RegistrationFactory(event=event),
        RegistrationFactory(event=event),
        RegistrationFactory(event=event, state=RegistrationState.RESERVE),
    )
    mark_absent(registration_id=absent.pk, actor=coordinator, now=AT)
    given = {"event_id": event.pk, "day_id": event.days.get().pk, "actor": coordinator, "now": AT}
    assert (mark_everybody(**given), mark_everybody(**given)) == (1, 0)
    assert list(Presence.objects.values_list("registration", "source")) == [(come.pk, "lista")]
    reserve.refresh_from_db()
    assert reserve.state == "rezerwa"


def test_who_was_not_there_at_all_was_not_there_on_the_day_that_was_marked(coordinator):
    row = RegistrationFactory()
    mark_present(registration_id=row.pk, day_id=row.event.days.get().pk, actor=coordinator, now=AT)
    mark_absent(registration_id=row.pk, actor=coordinator, now=AT)
    row.refresh_from_db()
    assert (row.state, row.presences.count()) == ("nieobecny", 0)


def test_somebody_of_the_reserve_gets_a_free_place(coordinator):
    row = RegistrationFactory(state=RegistrationState.RESERVE, event__capacity=1)
    let_in(registration_id=row.pk, day_id=row.event.days.get().pk, actor=coordinator, now=AT)
    row.refresh_from_db()
    event = Event.objects.get()
    assert (row.state, event.taken, event.capacity) == ("obecny", 1, 1)
    assert steps(row) == [("jump", "rezerwa", "potwierdzone"), ("attend", "potwierdzone", "obecny")]


def test_a_full_event_grows_by_one_only_for_a_written_reason(coordinator):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    row = RegistrationFactory(event=event, state=RegistrationState.RESERVE)
    given = {"registration_id": row.pk, "day_id": event.days.get().pk, "actor": coordinator, "now": AT}
    with pytest.raises(Refused, match="Wszystkie miejsca są zajęte") as refusal:
        let_in(**given, reason="  ")
    assert refusal.value.field == "reason"
    let_in(**given, reason="Doniesiono krzesło")
    let_in(**given, reason="Doniesiono krzesło")
    event.refresh_from_db()
    assert (event.capacity, event.taken) == (2, 2)
    assert [(one.name, one.note) for one in event.steps.all()] == [("raise_capacity", "Miejsc: 2. Doniesiono krzesło")]


def test_who_had_resigned_comes_again_with_a_sign_up_of_their_own(coordinator):
    row = RegistrationFactory(state=RegistrationState.RESIGNED, institution_name="Fundacja X")
    given = {"registration_id": row.pk, "day_id": row.event.days.get().pk, "actor": coordinator, "now": AT}
    new = let_in(**given)
    assert let_in(**given).pk == new.pk
    row.refresh_from_db()
    assert (row.state, new.state, new.email, new.institution_name) == (
        "zrezygnowal",
        "obecny",
        row.email,
        "Fundacja X",
    )
    assert Registration.objects.count() == 2


def test_a_walk_in_is_signed_up_and_present_once_however_often_it_is_sent(coordinator):
    event = EventFactory()
    given = {"event_id": event.pk, "day_id": event.days.get().pk, "actor": coordinator, "now": AT}
    for name in ("Jan Maria Przykładowy", " jan maria  PRZYKŁADOWY "):
        walk_in(**given, name=name, institution="Gmina Przykład", contact="600 100 200")
    row = Registration.objects.get()
    assert (row.first_name, row.last_name, row.phone, row.email, row.institution_name) == (
        "Jan Maria", "Przykładowy", "+48600100200", "", "Gmina Przykład",
    )  # fmt: skip
    assert (row.state, row.channel, row.registered_by) == ("obecny", Channel.WALK_IN, coordinator)
    assert steps(row) == [("walk_in", "", "potwierdzone"), ("attend", "potwierdzone", "obecny")]


def test_a_walk_in_who_had_signed_up_is_found(coordinator):
    row = RegistrationFactory(first_name="Ewa", last_name="Żółć", email="Ewa@example.pl")
    found = walk_in(
        event_id=row.event_id, day_id=row.event.days.get().pk, name="ewa zolc", contact="ewa@EXAMPLE.pl",
        actor=coordinator, now=AT,
    )  # fmt: skip
    assert (found.pk, found.state) == (row.pk, "obecny")


def test_a_walk_in_of_the_edition_is_linked_to_person_and_institution(coordinator):
    delegation = DelegationFactory(participant__first_name="Ola", participant__last_name="Kowalska")
    event = EventFactory(edition=delegation.enrolment.edition)
    row = walk_in(
        event_id=event.pk, day_id=event.days.get().pk, name="Ola Kowalska", contact=delegation.participant.email,
        actor=coordinator, now=AT,
    )  # fmt: skip
    assert (row.participant, row.enrolment) == (delegation.participant, delegation.enrolment)


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"name": "Jan"}, "name", "imię i nazwisko"),
        ({"name": "Jan Nowak", "contact": "jan@"}, "contact", "e-mail"),
        ({"name": "Jan Nowak", "contact": "12"}, "contact", "telefon"),
        ({"name": "Jan Nowak", "contact": "٠١٢٣٤٥٦٧٨"}, "contact", "telefon"),
        ({"name": f"{'x' * 61} Nowak"}, "name", "za długie"),
    ],
)
def test_a_walk_in_that_cannot_be_kept_is_refused_beside_its_field(coordinator, given, field, words):
    event = EventFactory()
    with pytest.raises(Refused, match=words) as refusal:
        walk_in(event_id=event.pk, day_id=event.days.get().pk, actor=coordinator, now=AT, **given)
    assert refusal.value.field == field
    assert Registration.objects.count() == 0


def test_after_the_event_those_expected_and_not_marked_were_absent(coordinator):
    event = EventFactory()
    rows = {state: RegistrationFactory(event=event, state=state) for state in RegistrationState}
    marked(rows["obecny"], coordinator)
    assert close_attendance(event_id=event.pk, actor=None, now=END) == 3
    for row in rows.values():
        row.refresh_from_db()
    assert {state: row.state for state, row in rows.items()} == {
        "zgloszone": "nieobecny", "oczekuje-na-dokumenty": "nieobecny", "potwierdzone": "nieobecny",
        "rezerwa": "rezerwa", "zaproponowane": "zrezygnowal", "obecny": "obecny", "nieobecny": "nieobecny",
        "zrezygnowal": "zrezygnowal", "odrzucone": "odrzucone",
    }  # fmt: skip
    assert close_attendance(event_id=event.pk, actor=None, now=END) == 0


@pytest.mark.parametrize("named", [True, False])
def test_whom_two_institutions_send_comes_from_the_one_that_was_named(coordinator, named):
    person = ParticipantFactory(first_name="Ola", last_name="Kowalska", email="ola@example.pl")
    _, second = (DelegationFactory(participant=person, enrolment__edition=person.edition).enrolment for _ in range(2))
    event = EventFactory(edition=person.edition)
    given = {"event_id": event.pk, "day_id": event.days.get().pk, "actor": coordinator, "now": AT}
    row = walk_in(
        **given, name="Ola Kowalska", contact="ola@example.pl", institution=second.name.upper() if named else "Inna"
    )
    assert (row.participant, row.enrolment) == (person, second if named else None)


def test_three_hundred_people_are_marked_and_closed_in_a_few_statements(coordinator):
    event = EventFactory()
    for number in (1, 20):
        for _ in range(number):
            RegistrationFactory(event=event)
        with CaptureQueriesContext(connection) as asked:
            mark_everybody(event_id=event.pk, day_id=event.days.get().pk, actor=coordinator, now=AT)
        marking = len(asked)
        RegistrationFactory.create_batch(number, event=event)
        with CaptureQueriesContext(connection) as asked:
            close_attendance(event_id=event.pk, actor=coordinator, now=END)
        assert (marking, len(asked)) == (10, 7)
    assert RegistrationStep.objects.filter(name="miss", target="nieobecny").count() == 21
    assert RegistrationStep.objects.filter(name="attend", target="obecny").count() == 21


def test_minutes_of_a_meeting_are_added_to_a_mark_made_by_hand(coordinator):
    event = EventFactory()
    by_hand, new, other = RegistrationFactory(event=event), RegistrationFactory(event=event), RegistrationFactory()
    marked(by_hand, coordinator)
    given = {"event_id": event.pk, "day_id": event.days.get().pk, "actor": coordinator, "now": AT}
    assert mark_from_meeting(**given, minutes_of={by_hand.pk: 40, new.pk: None}) == 1
    assert set(Presence.objects.values_list("registration", "source", "minutes")) == {
        (by_hand.pk, "odprawa", 40),
        (new.pk, "spotkanie", None),
    }
    with pytest.raises(Refused, match="zmieniła się"):
        mark_from_meeting(**given, minutes_of={other.pk: 40})
    finish_day(event_id=event.pk, day_id=event.days.get().pk, actor=coordinator, now=END)
    with pytest.raises(Refused, match="zakończona"):
        mark_from_meeting(**given, minutes_of={new.pk: 40})
