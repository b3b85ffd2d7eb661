"""Last days and working days of the Polish calendar."""

from datetime import date

import pytest

from quality_mark.calendar import after_days, after_months, end_of, is_working, last_day


@pytest.mark.parametrize(
    ("day", "days", "working", "last"),
    [
        # 1 November 2026 is a Sunday and All Saints; 11 November a holiday in the week.
        (date(2026, 10, 25), 7, False, date(2026, 11, 2)),
        (date(2026, 11, 4), 7, False, date(2026, 11, 12)),
        (date(2026, 11, 6), 3, True, date(2026, 11, 12)),
        # Christmas Eve is free since 2025; then two holidays, a Sunday.
        (date(2026, 12, 17), 7, False, date(2026, 12, 28)),
        (date(2026, 12, 23), 1, True, date(2026, 12, 28)),
        # Easter Monday moves.
        (date(2027, 3, 22), 7, False, date(2027, 3, 30)),
    ],
)
def test_a_last_day_is_never_free(day, days, working, last):
    assert after_days(day, days, working=working) == last


def test_months_end_on_the_last_day_of_a_shorter_one():
    assert after_months(date(2026, 11, 30), 3) == date(2027, 3, 1)
    assert after_months(date(2027, 1, 29), 1) == date(2027, 3, 1)
    assert not is_working(date(2027, 2, 28))


def test_a_deadline_is_the_end_of_its_last_day_in_warsaw():
    assert end_of(date(2026, 7, 1)).isoformat() == "2026-07-02T00:00:00+02:00"
    assert last_day(end_of(date(2026, 10, 25))) == date(2026, 10, 25)
