"""Days and hours in words, by the Polish clock."""

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from events.calendar.months import Month
from events.calendar.when import days_words, event_words, hours

WARSAW = ZoneInfo("Europe/Warsaw")


def at(*when):
    return datetime(*when, tzinfo=WARSAW)


def day(start, end, *, whole=False):
    return SimpleNamespace(starts_at=at(*start), ends_at=at(*end), is_all_day=whole)


def plain(text):
    return text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ((2026, 12, 3, 9), (2026, 12, 3, 14, 5), "9.00–14.05"),
        ((2026, 12, 3, 20), (2026, 12, 4), "20.00–24.00"),
        ((2026, 12, 3, 20), (2026, 12, 4, 2), "20.00–2.00 następnego dnia"),
        ((2026, 12, 31, 20), (2027, 1, 1, 2), "20.00–2.00 następnego dnia"),
        ((2026, 12, 3, 20), (2026, 12, 5, 2), "20.00–2.00 (5 grudnia 2026)"),
        # One hour longer by the clock than by the watch, and the other way round.
        ((2026, 3, 28, 23), (2026, 3, 29, 4), "23.00–4.00 następnego dnia"),
        ((2026, 10, 25, 1), (2026, 10, 25, 4), "1.00–4.00"),
    ],
)
def test_hours(start, end, words):
    assert plain(hours(at(*start), at(*end))) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2026, 12, 3), (2026, 12, 3), "3 grudnia 2026"),
        ((2026, 12, 3), (2026, 12, 5), "3–5 grudnia 2026"),
        ((2026, 11, 30), (2026, 12, 2), "30 listopada – 2 grudnia 2026"),
        ((2026, 12, 31), (2027, 1, 1), "31 grudnia 2026 – 1 stycznia 2027"),
    ],
)
def test_days(first, last, words):
    assert plain(days_words(date(*first), date(*last))) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], ""),
        ([day((2026, 12, 3, 9), (2026, 12, 3, 14))], "czwartek, 3 grudnia 2026, godz. 9.00–14.00"),
        ([day((2026, 12, 3), (2026, 12, 4), whole=True)], "czwartek, 3 grudnia 2026"),
        ([day((2026, 9, 15), (2026, 10, 21), whole=True)], "15 września – 20 października 2026"),
        (
            [day((2026, 12, 3, 9), (2026, 12, 3, 14)), day((2026, 12, 4, 9), (2026, 12, 4, 14))],
            "3–4 grudnia 2026, godz. 9.00–14.00",
        ),
        ([day((2026, 12, 3, 9), (2026, 12, 3, 14)), day((2026, 12, 4, 10), (2026, 12, 4, 14))], "3–4 grudnia 2026"),
        (
            [day((2026, 12, number, 9), (2026, 12, number, 14)) for number in (3, 10, 17)],
            "3 grudnia 2026 i 2 późniejsze terminy, godz. 9.00–14.00",
        ),
        (
            [day((2026, month, 3, 9), (2026, month, 3, 14)) for month in range(1, 7)],
            "3 stycznia 2026 i 5 późniejszych terminów, godz. 9.00–14.00",
        ),
    ],
)
def test_an_event(days, words):
    assert plain(event_words(days)) == words


def test_months_follow_one_another_over_the_new_year():
    assert (Month(2026, 12).following, Month(2027, 1).previous) == (Month(2027, 1), Month(2026, 12))
    assert [Month(2026, number).within for number in (1, 9)] == ["w styczniu 2026", "we wrześniu 2026"]
    assert Month(2026, 3).end - Month(2026, 3).start == Month(2026, 12).end - Month(2026, 12).start
    assert Month(2026, 9).path == "/wydarzenia/2026/09/"
