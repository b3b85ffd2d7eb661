"""Steps of an event, edits, copies and series, hours on the nights when the clock changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from core.exceptions import Refused
from events.choices import EventState, RegistrationState
from events.coordination import hours
from events.models import AgendaItem, Event, EventDay, EventQuestion, Presence, Series, Speaker
from events.use_cases.calendar import edits
from events.use_cases.calendar import steps as event_steps
from events.use_cases.calendar.copying import copy_event, repeat_event
from events.use_cases.signups.steps import resign
from notifications.models import OutgoingEmail
from tests.accounts.factories import account
from tests.events.factories import END, NOW, START, EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def letters():
    return list(OutgoingEmail.objects.order_by("pk").values_list("to", "template"))


def local(moment):
    return f"{timezone.localtime(moment):%d.%m %H:%M}"


# hours


@pytest.mark.parametrize(
    ("day", "hour", "words"),
    [
        (date(2026, 3, 29), time(2, 30), "29.03.2026 nie ma godziny 2.30"),
        (date(2026, 10, 25), time(2, 0), "25.10.2026 godzina 2.00 wypada dwa razy"),
        (date(2026, 10, 25), time(2, 59), "25.10.2026 godzina 2.59 wypada dwa razy"),
    ],
)
def test_an_hour_that_does_not_exist_or_comes_twice_is_refused_in_words(day, hour, words):
    with pytest.raises(Refused, match=words):
        hours.moment(day, hour)


def test_hours_beside_those_are_what_the_polish_clock_shows():
    assert hours.moment(date(2026, 3, 29), time(1, 59)) == datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
    assert hours.moment(date(2026, 3, 29), time(3, 0)) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert hours.moment(date(2026, 10, 25), time(1, 59)) == datetime(2026, 10, 24, 23, 59, tzinfo=UTC)
    assert hours.moment(date(2026, 10, 25), time(3, 0)) == datetime(2026, 10, 25, 2, 0, tzinfo=UTC)


def test_a_day_without_hours_lasts_23_hours_when_the_clock_goes_forward():
    start, end = hours.span(day=date(2026, 3, 29), start=None, is_all_day=True)
    assert end - start == timedelta(hours=23)
    assert hours.typed(start, end, is_all_day=True) == {
        "day": date(2026, 3, 29), "start": None, "last_day": None, "end": None, "is_all_day": True,
    }  # fmt: skip


def test_over_midnight_needs_the_day_on_which_it_ends():
    day, start, end = date(2026, 10, 24), time(22), time(4)
    with pytest.raises(Refused, match="po północy"):
        hours.span(day=day, start=start, end=end)
    starts_at, ends_at = hours.span(day=day, start=start, end=end, last_day=date(2026, 10, 25))
    # The night of the 25th of October is an hour longer.
    assert ends_at - starts_at == timedelta(hours=7)
    assert hours.typed(starts_at, ends_at, is_all_day=False)["last_day"] == date(2026, 10, 25)


# steps


def draft(**more):
    return EventFactory(state=EventState.DRAFT, **more)


def test_a_draft_is_announced_once():
    event, actor = draft(), account()
    step = event_steps.publish(event_id=event.pk, actor=actor, now=NOW)
    event.refresh_from_db()
    assert (event.state, event.published_at, event.changed_at, event.sequence) == (EventState.PUBLISHED, NOW, NOW, 0)
    assert (step.name, step.source, step.target, step.made_by) == ("publish", "szkic", "opublikowane", actor)
    with pytest.raises(Refused, match="nie można teraz"):
        event_steps.publish(event_id=event.pk, actor=actor, now=NOW)


@pytest.mark.parametrize(
    ("event", "field"),
    [
        ({"starts_at": None, "ends_at": None}, "days"),
        ({"starts_at": NOW - 2 * WEEK, "ends_at": NOW - WEEK}, "days"),
        ({"place_name": "", "town": ""}, "place_name"),
        ({"attendance": "online"}, "online_url"),
        ({"attendance": "hybrydowo"}, "online_url"),
        ({"signup_closes_at": NOW}, "signup_closes_at"),
        ({"signup_closes_at": END + WEEK}, "signup_closes_at"),
        ({"signup_opens_at": START}, "signup_opens_at"),
    ],
)
def test_what_cannot_be_announced_yet_names_its_field(event, field):
    event = draft(**event)
    with pytest.raises(Refused) as refusal:
        event_steps.publish(event_id=event.pk, actor=None, now=NOW)
    assert refusal.value.field == field
    event.refresh_from_db()
    assert event.state == EventState.DRAFT


def test_a_moved_event_keeps_its_people_and_tells_them():
    event = EventFactory(signup_closes_at=START, capacity=1)
    RegistrationFactory(event=event, email="a@example.pl")
    RegistrationFactory(event=event, email="b@example.pl", state=RegistrationState.RESERVE)
    before = NOW - timedelta(hours=1)
    RegistrationFactory(event=event, email="c@example.pl", state=RegistrationState.RESIGNED, ended_at=before)
    days = [(START - timedelta(days=2), END - timedelta(days=2), False)]
    event_steps.move(event_id=event.pk, days=days, words="Sala jest ta sama.", actor=None, now=NOW)
    event.refresh_from_db()
    assert (event.state, event.moved_from, event.sequence) == (EventState.MOVED, START, 1)
    assert (event.starts_at, event.ends_at) == days[0][:2]
    # Sign-ups would have ended after the beginning.
    assert event.signup_closes_at is None
    assert event.registrations.active().count() == 2
    assert letters() == [
        ("a@example.pl", "events/email/signup_changed"),
        ("b@example.pl", "events/email/signup_changed"),
    ]
    body = OutgoingEmail.objects.first().body
    assert "Nowy termin: 1\xa0grudnia\xa02026, godz.\xa09.00 (było: 3\xa0grudnia\xa02026" in body
    assert "Sala jest ta sama." in body


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], "Podaj nowy termin"),
        ([(START, END, False)], "ten sam termin"),
        ([(NOW, NOW + WEEK, False)], "już minął"),
        ([(START + WEEK, END + WEEK, False), (START + WEEK, END + WEEK, False)], "zachodzić"),
    ],
)
def test_days_to_which_nobody_can_move(days, words):
    event = EventFactory()
    with pytest.raises(Refused, match=words):
        event_steps.move(event_id=event.pk, days=days, actor=None, now=NOW)
    assert EventDay.objects.get().starts_at == START


def test_a_cancelled_event_says_why_and_tells_everybody_once():
    event = EventFactory()
    RegistrationFactory(event=event, email="a@example.pl")
    with pytest.raises(Refused, match="dlaczego"):
        event_steps.cancel(event_id=event.pk, reason="  ", actor=None, now=NOW)
    event_steps.cancel(event_id=event.pk, reason="Choroba prowadzącej.", actor=None, now=NOW)
    event.refresh_from_db()
    assert (event.state, event.sequence, event.cancel_reason) == (EventState.CANCELLED, 1, "Choroba prowadzącej.")
    assert letters() == [("a@example.pl", "events/email/signup_cancelled")]
    assert "Powód: Choroba prowadzącej." in OutgoingEmail.objects.get().body
    with pytest.raises(Refused, match="nie można teraz"):
        event_steps.cancel(event_id=event.pk, reason="Jeszcze raz.", actor=None, now=NOW)
    assert len(letters()) == 1


def test_an_event_that_had_begun_and_is_moved_offers_what_is_free():
    event = EventFactory(capacity=1)
    waiting = RegistrationFactory(event=event, state=RegistrationState.RESERVE)
    days = [(START + WEEK, END + WEEK, False)]
    event_steps.move(event_id=event.pk, days=days, actor=None, now=START + timedelta(minutes=5))
    waiting.refresh_from_db()
    assert waiting.state == RegistrationState.OFFERED


def test_nobody_is_offered_a_place_at_an_event_that_is_called_off():
    event = EventFactory(capacity=1)
    first = RegistrationFactory(event=event)
    waiting = RegistrationFactory(event=event, state=RegistrationState.RESERVE)
    event_steps.cancel(event_id=event.pk, reason="Choroba prowadzącej.", actor=None, now=NOW)
    resign(registration_id=first.pk, kind="staff", now=NOW)
    waiting.refresh_from_db()
    assert waiting.state == RegistrationState.RESERVE
    assert "events/email/signup_your_turn" not in [template for _, template in letters()]


def test_an_event_at_which_somebody_was_present_is_not_moved():
    event = EventFactory()
    Presence.objects.create(
        registration=RegistrationFactory(event=event), day=event.days.get(), source="lista", marked_at=NOW
    )
    with pytest.raises(Refused, match="zapisano już obecność"):
        event_steps.move(event_id=event.pk, days=[(START + WEEK, END + WEEK, False)], actor=None, now=NOW)


# what follows an edit


def test_a_changed_place_raises_the_version_in_calendars_and_other_words_do_not():
    event = EventFactory()
    RegistrationFactory(event=event)
    before = edits.standing(event.pk)
    Event.objects.filter(pk=event.pk).update(description="Inny opis.")
    done = edits.finish(event_id=event.pk, before=before, actor=None, now=NOW)
    assert done == {"important": False, "told": 0, "offered": 0}
    Event.objects.filter(pk=event.pk).update(place_name="Dom Spotkań")
    done = edits.finish(event_id=event.pk, before=before, words="Inna sala.", actor=None, now=NOW)
    assert done == {"important": True, "told": 1, "offered": 0}
    event.refresh_from_db()
    assert event.sequence == 1
    assert "Inna sala." in OutgoingEmail.objects.get().body


def test_more_places_go_to_those_in_line():
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    waiting = RegistrationFactory(event=event, state=RegistrationState.RESERVE)
    before = edits.standing(event.pk)
    Event.objects.filter(pk=event.pk).update(capacity=2)
    done = edits.finish(event_id=event.pk, before=before, actor=None, now=NOW)
    assert done == {"important": False, "told": 0, "offered": 1}
    waiting.refresh_from_db()
    assert waiting.state == RegistrationState.OFFERED


# copies and series


def test_a_copy_has_everything_but_what_happened():
    event = EventFactory(capacity=20, signup_closes_at=START - timedelta(days=1), sequence=3, cancel_reason="Zima.")
    RegistrationFactory(event=event)
    AgendaItem.objects.create(event=event, starts_at=START, title="Rejestracja")
    Speaker.objects.create(event=event, name="Osoba Przykładowa")
    EventQuestion.objects.create(event=event, code="dojazd", label="Jak dojedziesz?")
    copy = copy_event(event_id=event.pk, starts_on=date(2026, 12, 10), actor=None, now=NOW)
    assert (copy.title, copy.capacity, copy.state, copy.taken) == (event.title, 20, EventState.DRAFT, 0)
    assert (copy.sequence, copy.cancel_reason, copy.published_at, copy.copied_from_id) == (0, "", None, event.pk)
    assert (copy.starts_at, copy.ends_at) == (START + WEEK, END + WEEK)
    assert copy.signup_closes_at == START + timedelta(days=6)
    assert copy.slug != event.slug
    assert copy.uid != event.uid
    assert copy.agenda.get().starts_at == START + WEEK
    assert [copy.speakers.get().name, copy.questions.get().code] == ["Osoba Przykładowa", "dojazd"]
    assert (copy.registrations.count(), event.registrations.count()) == (0, 1)
    assert event.questions.count() == 1


@pytest.mark.parametrize(
    ("first", "on", "begins"),
    [
        (datetime(2026, 3, 26, 8, tzinfo=UTC), date(2026, 4, 2), datetime(2026, 4, 2, 7, tzinfo=UTC)),
        (datetime(2026, 10, 22, 7, tzinfo=UTC), date(2026, 10, 29), datetime(2026, 10, 29, 8, tzinfo=UTC)),
    ],
)
def test_a_copy_over_the_change_of_clocks_begins_at_the_same_hour(first, on, begins):
    event = EventFactory(days=[(first, first + timedelta(hours=3))])
    copy = copy_event(event_id=event.pk, starts_on=on, actor=None, now=NOW)
    assert (copy.starts_at, copy.ends_at) == (begins, begins + timedelta(hours=3))
    assert local(first)[-5:] == local(copy.starts_at)[-5:] == "09:00"


def test_a_series_of_weeks_keeps_the_hour_over_the_29th_of_march():
    start = datetime(2026, 3, 19, 8, tzinfo=UTC)
    event = EventFactory(days=[(start, start + timedelta(hours=2))])
    copies = repeat_event(event_id=event.pk, every="tydzien", times=3, actor=None, now=NOW)
    assert [local(copy.starts_at) for copy in copies] == ["26.03 09:00", "02.04 09:00", "09.04 09:00"]
    series = Series.objects.get()
    assert {event.series_id for event in Event.objects.all()} == {series.pk}
    assert len({copy.slug for copy in copies}) == 3


def test_a_series_of_months_keeps_the_day_or_takes_the_last_one():
    start = datetime(2026, 8, 31, 15, tzinfo=UTC)
    event = EventFactory(days=[(start, start + timedelta(hours=2))])
    copies = repeat_event(event_id=event.pk, every="miesiac", times=4, actor=None, now=NOW)
    assert [local(copy.starts_at) for copy in copies] == ["30.09 17:00", "31.10 17:00", "30.11 17:00", "31.12 17:00"]


def test_a_copy_on_a_night_without_its_hour_is_refused_and_leaves_nothing():
    start = datetime(2026, 3, 22, 1, 30, tzinfo=UTC)
    event = EventFactory(days=[(start, start + timedelta(hours=3))])
    with pytest.raises(Refused, match="29.03.2026 nie ma godziny 2.30"):
        copy_event(event_id=event.pk, starts_on=date(2026, 3, 29), actor=None, now=NOW)
    assert Event.objects.count() == 1
