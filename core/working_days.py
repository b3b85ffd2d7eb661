"""Days on which people in Poland work: no Saturdays, Sundays and holidays, which the library knows for each year."""

from functools import cache

import holidays


@cache
def _free(year):
    return frozenset(holidays.country_holidays("PL", years=year))


def is_working(day):
    return day.weekday() < 5 and day not in _free(day.year)
