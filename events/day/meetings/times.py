"""Moments and lengths as meeting programs write them, in English and in Polish."""

import re
from datetime import datetime, timedelta

_FORMATS = [
    f"{day}{between}{time}"
    for day in ("%m/%d/%Y", "%m/%d/%y", "%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%Y/%m/%d")
    for between in (" ", ", ", "T")
    for time in ("%I:%M:%S %p", "%I:%M %p", "%H:%M:%S", "%H:%M")
] + ["%I:%M:%S %p", "%I:%M %p", "%H:%M:%S", "%H:%M"]
_LENGTH = re.compile(
    r"(\d+)\s*(h|hr|hrs|hour|hours|g|godz|godzin[aęy]?|m|min|mins|minut[aęy]?|minutes?|s|sek|sec|sekund[aęy]?|seconds?)\b\.?"
)
_CLOCK = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")


def moment(text):
    """A naive datetime, or None. Times without a day are of one day; only differences of them mean anything."""
    text = " ".join(text.replace("\u202f", " ").replace("\xa0", " ").split()).rstrip("Zz")
    for one in _FORMATS:
        try:
            return datetime.strptime(text, one)  # noqa: DTZ007 - both ends of a stay are of one clock
        except ValueError:
            continue
    return None


def minutes(text):
    """ "1h 2m 3s", "1 godz. 2 min", "01:02:03", "62" as minutes (a float), or None."""
    text = text.strip().lower().replace("\xa0", " ")
    if text.isascii() and text.isdigit():
        return float(text) if len(text) < 6 else None
    if clock := _CLOCK.fullmatch(text):
        hours, mins, seconds = (int(part or 0) for part in clock.groups())
        return hours * 60 + mins + seconds / 60
    total, found = 0.0, False
    for number, unit in _LENGTH.findall(text):
        if len(number) < 6:
            found = True
            total += int(number) * {"h": 60, "g": 60, "m": 1, "s": 1 / 60}[unit[0]]
    return total if found else None


def together(stays):
    """Minutes covered by stays [(join, leave)], each counted once: two devices at one time are one person."""
    total, until = timedelta(), None
    for join, leave in sorted(stays):
        if until is None or join > until:
            total, until = total + (leave - join), leave
        elif leave > until:
            total, until = total + (leave - until), leave
    return total.total_seconds() / 60
