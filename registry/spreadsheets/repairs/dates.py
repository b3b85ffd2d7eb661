"""Dates in any common writing, Excel's day numbers among them."""

import datetime
import functools
import re

from registry.spreadsheets.cells import cell_text
from registry.spreadsheets.repairs.outcome import EMPTY, Cleaned, notes, refused
from registry.spreadsheets.repairs.text import fold, means_nothing, one_line

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<![\d.])(\d{1,2})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{4}|\d{2})(?!\d)")
_ROMAN = re.compile(r"(?<![\d.])(\d{1,2})[\s./-]+([IVX]{1,4})[\s./-]+(\d{4})(?!\d)")
_WORDED = re.compile(r"(?:(?<!\d)(\d{1,2})\s+)?([a-z]{3,})\s+(\d{4})(?!\d)")
_ROMAN_MONTH = re.compile(r"\b([IVX]{1,4})[\s./-]+(\d{4})(?!\d)")
_YEAR_MONTH = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})(?![\d./-])|(?<![\d./-])(\d{1,2})[-./](\d{4})(?!\d)")
_YEAR = re.compile(r"(?:rok\s*)?(\d{4})\s*(?:r\.?|rok|roku)?", re.IGNORECASE)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_STEMS = ("stycz", "lut", "mar", "kwie", "maj", "czerw", "lip", "sierp", "wrze", "pazdz", "listop", "grud")
_ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
# Day 1 of Excel is 1 January 1900, and it counts a 29 February 1900 that never was.
_EXCEL_EPOCH = datetime.date(1899, 12, 30)
_LONGEST = 120
EARLIEST = 1800


def date(raw, *, today=None):
    """A `datetime.date` between 1800 and ten years from now; a bare year or month becomes its first day."""
    text = cell_text(raw)
    return _date(text, (today or datetime.datetime.now(tz=datetime.UTC).date()).year + 10) if text else EMPTY


@functools.lru_cache(maxsize=8192)
def _date(text, latest_year):
    if means_nothing(text):
        return Cleaned(notes=notes("puste"))
    if len(text) > _LONGEST:
        return refused("zbyt długi wpis jak na datę")
    parts, code = _parts(one_line(text), latest_year)
    if parts is None:
        return refused("to nie jest data")
    try:
        value = datetime.date(*parts)
    except ValueError:
        return refused("takiego dnia nie ma w kalendarzu")
    if not EARLIEST <= value.year <= latest_year:
        return refused(f"rok {value.year} jest poza zakresem {EARLIEST}–{latest_year}")
    return Cleaned(value, notes(code) if code else ())


def _parts(text, latest_year):
    """((year, month, day), code of the repair or None), or (None, None)."""
    match = _ISO.fullmatch(text)
    if match:
        return _whole(match.groups()), None
    match = _YEAR_FIRST.search(text)
    if match:
        return _whole(match.groups()), "data"
    match = _DAY_FIRST.search(text)
    if match:
        day, month, year = match.groups()
        return (_full_year(year, latest_year), int(month), int(day)), "data"
    match = _ROMAN.search(text)
    if match and match[2] in _ROMAN_MONTHS:
        return (int(match[3]), _ROMAN_MONTHS.index(match[2]) + 1, int(match[1])), "data"
    match = _WORDED.search(fold(text))
    month = match and _month(match[2])
    if month:
        return (int(match[3]), month, int(match[1] or 1)), "data" if match[1] else "data-niepelna"
    return _partial(text)


def _partial(text):
    match = _ROMAN_MONTH.search(text)
    if match and match[1] in _ROMAN_MONTHS:
        return (int(match[2]), _ROMAN_MONTHS.index(match[1]) + 1, 1), "data-niepelna"
    match = _YEAR_MONTH.search(text)
    if match:
        year, month = (match[1], match[2]) if match[1] else (match[4], match[3])
        return (int(year), int(month), 1), "data-niepelna"
    match = _YEAR.fullmatch(text)
    if match:
        return (int(match[1]), 1, 1), "data-niepelna"
    match = _SERIAL.fullmatch(text)
    if match:
        day = _EXCEL_EPOCH + datetime.timedelta(days=int(match[1]))
        return (day.year, day.month, day.day), "data-arkusza"
    return None, None


def _whole(groups):
    return tuple(int(group) for group in groups)


def _full_year(digits, latest_year):
    if len(digits) == 4:
        return int(digits)
    year = 2000 + int(digits)
    return year if year <= latest_year else year - 100


def _month(word):
    for position, stem in enumerate(_STEMS):
        if word.startswith(stem):
            return position + 1
    return None
