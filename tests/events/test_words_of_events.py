"""How the time of an event is said where its days are not."""

from datetime import UTC, datetime

import pytest

from events.models import Event

NBSP = "\N{NO-BREAK SPACE}"


def utc(day, hour, minute=0):
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (utc(3, 8), utc(3, 13), ("3 grudnia 2026, godz. 9.00", "3 grudnia 2026, godz. 14.00")),
        (utc(2, 23), utc(3, 23), ("3 grudnia 2026", "3 grudnia 2026")),
        (utc(14, 23), utc(16, 23), ("15 grudnia 2026", "16 grudnia 2026")),
        # From midnight, but with hours.
        (utc(2, 23), utc(3, 4), ("3 grudnia 2026, godz. 0.00", "3 grudnia 2026, godz. 5.00")),
    ],
)
def test_an_event_without_hours_is_said_by_its_days(start, end, words):
    event = Event(starts_at=start, ends_at=end)
    assert tuple(one.replace(NBSP, " ") for one in (event.start_words, event.end_words)) == words


def test_a_draft_without_days_has_no_hours_either():
    assert not Event().lasts_whole_days
    assert Event().start_words == ""
