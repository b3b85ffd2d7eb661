"""iCalendar files as another library reads them, clock changes and corrections among it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject

from core.ical import calendar
from events.calendar.ical import invitation
from events.choices import Attendance, EventState, RegistrationState
from events.models import Event, EventDay
from events.use_cases.calendar.derived import refresh
from tests.events.factories import END, NOW, START, EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")
LINK = "https://spotkania.example/pokoj-7"


def local(*when):
    return datetime(*when, tzinfo=WARSAW)


def made(**fields):
    event = EventFactory(**fields)
    refresh(event_ids=[event.pk], now=NOW)
    event.refresh_from_db()
    return event


def read(content):
    return vobject.readOne(content.decode())


def file_of(*events):
    return b"".join(calendar([event.ics for event in events], name="Wydarzenia"))


def times(component):
    return component.dtstart.value.astimezone(UTC), component.dtend.value.astimezone(UTC)


def test_another_library_reads_what_was_written():
    event = made(
        title="Spotkanie; sieci, „Żółw”",
        summary="Jak razem\nzamawiać.",
        latitude=51.1079,
        longitude=17.0385,
        getting_in="Winda jest od podwórza.",
    )
    whole = read(file_of(event))
    found = whole.vevent
    assert (whole.method.value, whole.x_wr_calname.value) == ("PUBLISH", "Wydarzenia")
    assert found.uid.value == f"{event.uid}@testserver"
    assert found.summary.value == "Spotkanie; sieci, „Żółw”"
    assert found.description.value == (
        f"Jak razem\nzamawiać.\n\nWinda jest od podwórza.\n\nSzczegóły: http://testserver{event.get_absolute_url()}"
    )
    assert found.location.value == "Wrocławski Zakład Aktywności Zawodowej, ul. Litomska 10, 53-641 Wrocław"
    assert found.url.value == f"http://testserver{event.get_absolute_url()}"
    assert found.geo.value == "51.1079;17.0385"
    assert (found.status.value, found.sequence.value) == ("CONFIRMED", "0")
    assert found.dtstamp.value == found.last_modified.value == NOW
    assert times(found) == (START, END)
    assert "DTSTART;TZID=Europe/Warsaw:20261203T090000\r\n" in event.ics


@pytest.mark.parametrize(
    ("start", "end"),
    [
        # The night of 29 March has no 2.30, that of 25 October has it twice.
        ((2026, 3, 28, 22, 0), (2026, 3, 29, 4, 0)),
        ((2026, 3, 29, 9, 0), (2026, 3, 29, 11, 0)),
        ((2026, 10, 24, 22, 0), (2026, 10, 25, 4, 0)),
        ((2026, 10, 25, 9, 0), (2026, 10, 25, 11, 0)),
        ((2026, 7, 1, 9, 0), (2026, 7, 1, 11, 0)),
        ((2026, 12, 31, 20, 0), (2027, 1, 1, 2, 0)),
    ],
)
def test_hours_are_right_around_clock_changes_and_over_midnight_by_the_files_own_time_zone(start, end):
    moments = [local(*moment).astimezone(UTC) for moment in (start, end)]
    event = made(starts_at=moments[0], ends_at=moments[1])
    # vobject takes the offsets of the VTIMEZONE in the file, not those of this machine.
    assert list(times(read(file_of(event)).vevent)) == moments


def test_several_days_are_several_entries_and_the_first_keeps_the_name_that_one_day_had():
    event = made()
    alone = read(file_of(event)).vevent.uid.value
    second = START + timedelta(days=1), END + timedelta(days=1)
    EventDay.objects.create(event=event, starts_at=second[0], ends_at=second[1], label="warsztaty")
    refresh(event_ids=[event.pk], now=NOW + timedelta(hours=1))
    event.refresh_from_db()
    found = read(file_of(event)).vevent_list
    assert [one.uid.value for one in found] == [alone, f"{event.uid}-2@testserver"]
    assert [times(one) for one in found] == [(START, END), second]
    assert found[1].summary.value == f"{event.title} (warsztaty)"
    assert event.ends_at == second[1]
    assert found[0].last_modified.value == NOW + timedelta(hours=1)


def test_days_without_hours_are_dates_and_the_end_is_the_first_day_after():
    event = made(starts_at=local(2026, 9, 15), ends_at=local(2026, 10, 21))
    event.days.update(is_all_day=True)
    refresh(event_ids=[event.pk], now=NOW)
    event.refresh_from_db()
    found = read(file_of(event)).vevent
    assert (found.dtstart.value, found.dtend.value) == (date(2026, 9, 15), date(2026, 10, 21))


def test_lines_are_folded_at_75_octets_and_no_letter_is_cut_in_two():
    event = made(title="Zażółć gęślą jaźń " * 16, summary="ąęśćżźńół" * 33, place_name="Ż" * 200)
    content = file_of(event)
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    found = read(content).vevent
    assert found.summary.value.strip() == event.title.strip()
    assert found.location.value.startswith("Ż" * 200)


def test_a_cancelled_event_says_so_in_its_state_and_in_words():
    event = made(state=EventState.CANCELLED, cancel_reason="Choroba prowadzącej.", sequence=3)
    found = read(file_of(event)).vevent
    assert (found.status.value, found.sequence.value) == ("CANCELLED", "3")
    assert found.summary.value == f"Odwołane: {event.title}"
    assert found.description.value.startswith("Wydarzenie odwołane: Choroba prowadzącej.\n\n")


def test_a_moved_event_keeps_its_name_and_tells_the_time_before():
    event = made(state=EventState.MOVED, moved_from=START - timedelta(days=7), sequence=1)
    found = read(file_of(event)).vevent
    assert (found.uid.value, found.sequence.value) == (f"{event.uid}@testserver", "1")
    assert "Zmiana terminu: wcześniej 26 listopada 2026, godz. 9.00." in found.description.value.replace("\xa0", " ")


def test_the_link_of_an_online_meeting_is_in_no_public_file():
    event = made(attendance=Attendance.ONLINE, online_url=LINK)
    found = read(file_of(event)).vevent
    assert LINK not in file_of(event).decode().replace("\r\n ", "")
    assert found.location.value == "on-line"
    assert "Odsyłacz do spotkania dostają osoby z potwierdzonym miejscem." in found.description.value


def test_a_confirmed_person_gets_the_link_and_the_same_name_of_the_event():
    event = made(attendance=Attendance.BOTH, online_url=LINK)
    found = read(invitation(RegistrationFactory(event=event))).vevent
    assert found.uid.value == f"{event.uid}@testserver"
    assert f"Odsyłacz do spotkania: {LINK}" in found.description.value
    assert (found.conference.value, found.status.value) == (LINK, "CONFIRMED")
    assert times(found) == (START, END)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (RegistrationState.RECEIVED, "TENTATIVE"),
        (RegistrationState.AWAITING_DOCUMENTS, "TENTATIVE"),
        (RegistrationState.OFFERED, "TENTATIVE"),
        (RegistrationState.RESERVE, "CANCELLED"),
        (RegistrationState.RESIGNED, "CANCELLED"),
        (RegistrationState.REJECTED, "CANCELLED"),
    ],
)
def test_whoever_is_not_confirmed_gets_no_link(state, status):
    event = made(attendance=Attendance.ONLINE, online_url=LINK)
    content = invitation(RegistrationFactory(event=event, state=state))
    assert LINK not in content.decode().replace("\r\n ", "")
    assert read(content).vevent.status.value == status


def test_each_change_of_the_event_or_of_the_place_outdoes_the_invitation_before():
    event = made(sequence=0)
    registration = RegistrationFactory(event=event, sequence=0)
    sequences = []
    for of_event, of_place in [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2)]:
        event.sequence, registration.sequence = of_event, of_place
        sequences.append(int(read(invitation(registration)).vevent.sequence.value))
    assert sequences == sorted(set(sequences))


def test_an_event_called_off_is_called_off_for_those_who_had_a_place():
    event = made(state=EventState.CANCELLED, cancel_reason="Choroba.", attendance=Attendance.ONLINE, online_url=LINK)
    found = read(invitation(RegistrationFactory(event=event))).vevent
    assert (found.status.value, found.summary.value) == ("CANCELLED", f"Odwołane: {event.title}")


def test_a_draft_without_a_date_has_no_entry_and_loses_its_old_one():
    event = made(state=EventState.DRAFT)
    event.days.all().delete()
    refresh(event_ids=[event.pk], now=NOW)
    event.refresh_from_db()
    assert (event.ics, event.starts_at, event.ends_at) == ("", None, None)


def test_refreshing_takes_the_same_queries_for_one_and_for_thirty(django_assert_num_queries):
    EventFactory.create_batch(30)
    ids = list(Event.objects.values_list("pk", flat=True))
    for some in (ids[:1], ids):
        with django_assert_num_queries(5):
            refresh(event_ids=some, now=NOW)
