"""The number of a position: table, kind, running number ("1.3.6"), or a plain running number."""

import re
from datetime import date

from procurement.plan_sheets.outcome import EMPTY, Cleaned, refused
from registry.spreadsheets.repairs.text import means_nothing

_NUMBER = re.compile(r"(?:poz(?:ycja|\.)?\s*(?:nr\s*)?)?(\d{1,5}(?:\.\d{1,5}){0,2})[.)]*", re.IGNORECASE | re.ASCII)
_GLUED = re.compile(r"(\d{1,2}\.\d{1,2}\.\d{1,4})[.)]?\s+(?=\D)", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_NONE = "to nie jest numer pozycji planu"


def position(text):
    """Cleaned number. What is another number (of a case, of a contract) is refused."""
    text = " ".join(text.split())
    if means_nothing(text):
        return EMPTY
    if found := _NUMBER.fullmatch(text):
        return Cleaned(".".join(str(int(part)) for part in found[1].split(".")))
    if found := _DAY.fullmatch(text):
        return _from_day(found, text)
    return refused(_NONE)


def glued(text):
    """(number, subject) of "1.2.1 Dostawa paliw", else None."""
    found = _GLUED.match(text)
    return (found[1], text[found.end() :].strip()) if found else None


def _from_day(found, text):
    """A spreadsheet takes "1.3.6" for 1 March 2006; backwards there is only one way."""
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return refused(_NONE)
    if not 1930 <= day.year <= 2029:
        return refused(_NONE)
    number = f"{day.day}.{day.month}.{day.year % 100}"
    return Cleaned(number, (f"arkusz zamienił numer na datę {text}; odczytano {number}",))
