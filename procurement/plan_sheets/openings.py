"""When a procedure is to begin: a month, a quarter or a year, as plans write it."""

import re
from datetime import date
from typing import NamedTuple

from procurement.choices import OpeningPrecision
from procurement.plan_sheets.outcome import EMPTY, Cleaned, refused
from procurement.plan_sheets.undecided import is_undecided
from registry.spreadsheets.repairs.text import fold, means_nothing

_LONGEST = 120
_ROMAN = {
    word: number for number, word in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)
}  # fmt: skip
_ORDINALS = {"pierwsz": 1, "drugi": 2, "trzeci": 3, "czwart": 4}
# In full in the cases in which plans write them, and as they are shortened; other words begin like a month too.
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "styczen stycznia styczniu stycz sty",
            "luty lutego lutym lut",
            "marzec marca marcu marz mar",
            "kwiecien kwietnia kwietniu kwiec kwiet kwie kwi",
            "maj maja maju",
            "czerwiec czerwca czerwcu czerw cze",
            "lipiec lipca lipcu lip",
            "sierpien sierpnia sierpniu sierp sie",
            "wrzesien wrzesnia wrzesniu wrzes wrze wrz",
            "pazdziernik pazdziernika pazdzierniku pazdz paz",
            "listopad listopada listopadzie listop lis",
            "grudzien grudnia grudniu grudz grud gru",
        ),
        1,
    )
    for word in words.split()
}
_MONTH = re.compile(rf"\b(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b")
_LIMIT = re.compile(r"\b(?:od|do|po|przed|najpozniej|najwczesniej|nie (?:pozniej|wczesniej))\b")
_YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(?!\d)")
_TERM = r"(?:x?(?:ix|iv|v?i{1,3}|v)|x|\d{1,2}|(?:pierwsz|drugi|trzeci|czwart)[a-z]*)"
_NAME = r"(?:kwartal[a-z]*|kwart|kw|q)"
_QUARTER = re.compile(rf"\b({_TERM}) ?{_NAME}\b|\b{_NAME} ?({_TERM})\b")
_ISO_DAY = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[ t].*)?")
_DAY = re.compile(r"(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[-./ ]+(\d{1,2}|[ivx]+)")
_MONTH_YEAR = re.compile(r"(\d{1,2}|[ivx]+)[-./ ]+(\d{4})")
_WHOLE_YEAR = re.compile(r"(?:caly|w ciagu(?: calego)?|w)? ?(?:rok|roku)? ?(?:\d{4})?(?: r| rok| roku)?")
_TWO_READINGS = "nie wiadomo, czy to kwartał, czy miesiąc; napisz na przykład „II kwartał” albo „czerwiec”"
_UNREADABLE = "nie jest to miesiąc ani kwartał; napisz na przykład „II kwartał 2026” albo „czerwiec 2026”"
_SEVERAL = "podano kilka terminów; wpisz ten, w którym zacznie się postępowanie"
_ONLY_LIMIT = "podano tylko granicę czasu; wpisz miesiąc albo kwartał, w którym zacznie się postępowanie"
_NO_DAY = "nie ma takiego dnia; sprawdź datę"
_DAY_OR_YEAR = "nie wiadomo, czy „{}” to dzień, czy rok; napisz rok czterema cyframi"
_NO_QUARTER = "nie ma takiego kwartału; wpisz od I do IV"


class Opening(NamedTuple):
    """The first day of the month, quarter or year."""

    day: date
    precision: OpeningPrecision


def opening(text, *, year, heading=""):
    """Cleaned Opening; `year` is that of the plan, `heading` may say that a column holds quarters or months."""
    if means_nothing(text):
        return EMPTY
    lowered = " ".join(text.lower().split())
    if len(lowered) > _LONGEST:
        return refused("zbyt długi wpis jak na termin")
    found = _in_digits(re.sub(r"\s?(?:r\.?|rok|roku)$", "", lowered))
    found = found or _in_words(fold(lowered), lowered, fold(heading), year)
    if isinstance(found, str):
        return refused(found)
    given, month, precision, *notes = found
    chosen = given or year
    if not 1 <= (month or 0) <= 12:
        return refused(_UNREADABLE)
    if abs(chosen - year) > 10:
        return refused(f"rok {chosen} jest daleko od roku planu ({year}); sprawdź go")
    if chosen != year:
        notes.append(f"rok {chosen} jest inny niż rok planu ({year})")
    elif not given and precision != OpeningPrecision.YEAR:
        notes.append(f"przyjęto rok planu: {year}")
    return Cleaned(Opening(date(chosen, month, 1), precision), tuple(notes))


def _in_digits(text):
    """(year, month, precision, *notes) of what has a year and a month in digits, None of anything else."""
    if found := _ISO_DAY.fullmatch(text):
        return _of_day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY.fullmatch(text):
        return _of_day(int(found[3]), int(found[2]), int(found[1]))
    if found := _YEAR_MONTH.fullmatch(text):
        return int(found[1]), _number(found[2]), OpeningPrecision.MONTH
    if found := _MONTH_YEAR.fullmatch(text):
        return int(found[2]), _number(found[1]), OpeningPrecision.MONTH
    return None


def _of_day(year, month, day):
    try:
        date(year, month, day)
    except ValueError:
        return _NO_DAY
    return year, month, OpeningPrecision.MONTH, "z dnia wzięto miesiąc"


def _in_words(words, raw, heading, year):
    """The same of words, or the reason why a person has to look at them."""
    years = set(_YEAR.findall(words))
    if len(years) > 1:
        return "podano kilka lat; wpisz jeden miesiąc albo kwartał"
    given = int(years.pop()) if years else None
    rest = " ".join(_YEAR.sub(" ", words).split())
    if is_undecided(raw):
        return "termin nieustalony; podaj przewidywany miesiąc albo kwartał"
    if re.search(r"\bofert\b", rest):
        return "to termin składania ofert; podaj, kiedy zacznie się postępowanie"
    if "polrocz" in rest:
        return "podano półrocze; wpisz miesiąc albo kwartał"
    if found := _QUARTER.search(rest):
        return _ONLY_LIMIT if _LIMIT.search(rest) else _quarter(found, rest, given)
    if re.search(rf"\b{_NAME}\b", rest):
        return _NO_QUARTER
    if found := list(_MONTH.finditer(rest)):
        return _named(found, rest, given, year)
    if _WHOLE_YEAR.fullmatch(words):
        return given, 1, OpeningPrecision.YEAR, "podano tylko rok"
    return _alone(rest, given, heading)


def _named(found, rest, given, year):
    """Of months called by their names."""
    months = {_MONTHS[one[0]] for one in found}
    if len(months) > 1:
        return _SEVERAL
    if _LIMIT.search(rest):
        return _ONLY_LIMIT
    behind = re.match(r"\W*(\d\d)(?!\d)", rest[found[-1].end() :])
    if behind and given is None and int(behind[1]) != year % 100:
        return _DAY_OR_YEAR.format(behind[1])
    return given, months.pop(), OpeningPrecision.MONTH


def _quarter(found, rest, given):
    number = _number(found[1] or found[2])
    if number is None or not 1 <= number <= 4:
        return _NO_QUARTER
    left = f"{rest[: found.start()]} {rest[found.end() :]}"
    if _QUARTER.search(left) or _MONTH.search(left) or any(_number(word) for word in left.split() if word != "i"):
        return _SEVERAL
    return _SEVERAL if re.search(r"\bi\b", left) else (given, number * 3 - 2, OpeningPrecision.QUARTER)


def _alone(rest, given, heading):
    """A lone number: the heading says what it is, or it can only be a month."""
    number = _number(rest)
    if number is None:
        return _SEVERAL if sum(_number(word) is not None for word in rest.split()) > 1 else _UNREADABLE
    says_quarter, says_month = "kwarta" in heading, "miesi" in heading
    if says_quarter and not says_month:
        if not 1 <= number <= 4:
            return _NO_QUARTER
        return given, number * 3 - 2, OpeningPrecision.QUARTER, "nagłówek mówi o kwartale"
    if number > 4 or (says_month and not says_quarter):
        return given, number, OpeningPrecision.MONTH, "liczbę odczytano jako miesiąc"
    return _TWO_READINGS


def _number(text):
    text = text.strip(" .")
    if text.isascii() and text.isdigit():
        return int(text)
    return _ROMAN.get(text) or next((number for stem, number in _ORDINALS.items() if text.startswith(stem)), None)
