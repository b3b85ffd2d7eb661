"""Days and hours in Polish words, by the Polish clock."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.templatetags.portal import NBSP, plural

DASH = "\N{EN DASH}"
# Said here, because asking for the time zone in use takes longer than what is done with it; the portal has no other.
CLOCK = ZoneInfo("Europe/Warsaw")
# A schedule says hundreds of days: asking the catalogue of translations for each of them takes longer than the rest.
WEEKDAYS = "poniedziałek wtorek środa czwartek piątek sobota niedziela".split()
GENITIVE = (
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
).split()


def day_of(moment):
    """The date by the Polish clock."""
    return moment.astimezone(CLOCK).date()


def month_day(day):
    """ "3 grudnia" of a date."""
    return f"{day.day}{NBSP}{GENITIVE[day.month - 1]}"


def date_words(moment):
    """ "3 grudnia 2026" of a date, or of a moment by the Polish clock."""
    day = day_of(moment) if isinstance(moment, datetime) else moment
    return f"{month_day(day)}{NBSP}{day.year}"


def hour(moment):
    """ "9.00", as Polish programmes print it."""
    local = moment.astimezone(CLOCK)
    return f"{local.hour}.{local.minute:02}"


def hours(start, end, *, all_day=False):
    """ "9.00–14.00"; of a day without hours nothing. Over midnight the next day is named."""
    if all_day:
        return ""
    if day_of(start) == day_of(end - timedelta(microseconds=1)):
        return f"{hour(start)}{DASH}{_end_hour(start, end)}"
    if day_of(end) == day_of(start) + timedelta(days=1):
        return f"{hour(start)}{DASH}{hour(end)} następnego dnia"
    return f"{hour(start)}{DASH}{hour(end)} ({date_words(end)})"


def weekday_words(moment):
    """ "czwartek"."""
    return WEEKDAYS[day_of(moment).weekday()]


def day_words(start, end, *, all_day=False):
    """ "czwartek, 3 grudnia 2026, godz. 9.00–14.00", or "od 3 do 5 grudnia 2026" for what lasts whole days."""
    last = day_of(end - timedelta(microseconds=1))
    first = day_of(start)
    if all_day and last > first:
        return days_words(first, last)
    clock = hours(start, end, all_day=all_day)
    return f"{weekday_words(start)}, {date_words(start)}" + (f", godz.{NBSP}{clock}" if clock else "")


def days_words(first, last):
    """ "3 grudnia 2026", "3–5 grudnia 2026", "30 listopada – 2 grudnia 2026"."""
    if first == last:
        return date_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{DASH}{date_words(last)}"
    if first.year == last.year:
        return f"{month_day(first)} {DASH} {date_words(last)}"
    return f"{date_words(first)} {DASH} {date_words(last)}"


def moment_words(moment):
    """ "3 grudnia 2026, godz. 9.00"."""
    return f"{date_words(moment)}, godz.{NBSP}{hour(moment)}"


def event_words(days):
    """When an event of these EventDays (in order) takes place, in one line; empty without days."""
    if not days:
        return ""
    if len(days) == 1:
        return day_words(days[0].starts_at, days[0].ends_at, all_day=days[0].is_all_day)
    first = day_of(days[0].starts_at)
    last = day_of(days[-1].ends_at - timedelta(microseconds=1))
    same = {hours(day.starts_at, day.ends_at, all_day=day.is_all_day) for day in days}
    clock = same.pop() if len(same) == 1 else ""
    together = (last - first).days == len(days) - 1
    words = days_words(first, last) if together else f"{date_words(first)} i {_later(len(days) - 1)}"
    return words + (f", godz.{NBSP}{clock}" if clock else "")


def _later(count):
    return f"{count} {plural(count, 'późniejszy termin,późniejsze terminy,późniejszych terminów')}"


def _end_hour(start, end):
    """Midnight at the end of the day is 24.00."""
    return "24.00" if day_of(end) > day_of(start) else hour(end)
