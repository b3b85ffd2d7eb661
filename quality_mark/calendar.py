"""Days by which something has to be done. A deadline is the last moment of its last day, in Warsaw.

A last day on a Saturday, a Sunday or a holiday moves to the next day that is none (art. 115 of the Civil Code).
"""

from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from core.working_days import is_working


def after_days(day, days, *, working):
    """The last day of `days` days that begin on the day after `day`."""
    if working:
        for _ in range(days):
            day = _next_working(day + timedelta(days=1))
        return day
    return _next_working(day + timedelta(days=days))


def after_months(day, months, *, more=timedelta()):
    """The last day of so many months: the day of the same number, or the last one of a shorter month; `more` days
    later when the time stood. Only the very last day moves on from a holiday."""
    return _next_working(day + relativedelta(months=months) + more)


def end_of(day):
    """The moment at which `day` is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def last_day(moment):
    """The last day that lies before this moment: what is written of a deadline."""
    return timezone.localdate(moment - timedelta(microseconds=1))


def _next_working(day):
    while not is_working(day):
        day += timedelta(days=1)
    return day
