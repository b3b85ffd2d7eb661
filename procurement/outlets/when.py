"""When a procedure begins, until when offers are taken and how long that is, in Polish words."""

from django.utils import timezone

from core.templatetags.portal import NBSP, date_words, moment_words, plural
from procurement.choices import EntryType, OpeningPrecision
from procurement.opening import opening_words


def opening_code(day, precision):
    """The same for programs: "2027-04", "2027-Q2", "2027"."""
    if day is None:
        return ""
    if precision == OpeningPrecision.MONTH:
        return f"{day:%Y-%m}"
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}" if precision == OpeningPrecision.QUARTER else f"{day.year}"


def left_words(moment, now):
    """How long there is until `moment`, which is ahead: "zostało 5 dni", "jutro", "dziś"."""
    days = (timezone.localdate(moment) - timezone.localdate(now)).days
    if days == 0:
        return "ostatni dzień"
    if days == 1:
        return "został 1 dzień"
    return f"{plural(days, 'został,zostały,zostało')} {days}{NBSP}dni"


def when_words(entry, now):
    """What a line of the list says of time."""
    if entry.type == EntryType.PLAN:
        words = opening_words(entry.opens_on, entry.opens_precision)
        return f"Planowane wszczęcie: {words}" if words else "Termin wszczęcia nie jest podany"
    if entry.type == EntryType.RESULT:
        return f"Rozstrzygnięto {date_words(entry.decided_on)}" if entry.decided_on else ""
    if entry.deadline_at is None:
        return ""
    if entry.deadline_at <= now:
        return f"Oferty przyjmowano do {moment_words(entry.deadline_at)}"
    return f"Oferty do {moment_words(entry.deadline_at)}"
