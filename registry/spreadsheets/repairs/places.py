"""Counties, municipalities, voivodeships and towns as people write them."""

import functools
import re
from dataclasses import dataclass

from registry.spreadsheets.cells import cell_text
from registry.spreadsheets.repairs.names import is_shouted, title_case
from registry.spreadsheets.repairs.outcome import EMPTY, Cleaned, notes, refused
from registry.spreadsheets.repairs.text import fold, means_nothing, one_line

VOIVODESHIPS = {
    fold(name): name
    for name in (
        "dolnośląskie",
        "kujawsko-pomorskie",
        "lubelskie",
        "lubuskie",
        "łódzkie",
        "małopolskie",
        "mazowieckie",
        "opolskie",
        "podkarpackie",
        "podlaskie",
        "pomorskie",
        "śląskie",
        "świętokrzyskie",
        "warmińsko-mazurskie",
        "wielkopolskie",
        "zachodniopomorskie",
    )
}
_VOIVODESHIP_CODES = {f"{2 * position + 2:02d}": name for position, name in enumerate(VOIVODESHIPS.values())}
_COUNTY_WORDS = re.compile(r"^(?:powiat|powiecie|pow|p|miasto na prawach powiatu|miasto st|m st|miasto|m|county)\s+")
_COUNTY_TAIL = re.compile(r"\s+(?:miasto na prawach powiatu|grodzki|county|powiat)$")
_RENAMED = {"jeleniogorski": "karkonoski"}
# Before 2015 the word in brackets told the town from its rural namesake in every common abbreviation.
_HINTS = {
    "miejska": "urban",
    "m": "urban",
    "miasto": "urban",
    "gm m": "urban",
    "gmina miejska": "urban",
    "g m": "urban",
    "gmina miasto": "urban",
    "miasto i gmina miejska": "urban",
    "wiejska": "rural",
    "w": "rural",
    "gm w": "rural",
    "gmina wiejska": "rural",
    "wies": "rural",
    "g w": "rural",
    "miejsko wiejska": "mixed",
    "m w": "mixed",
    "gm m w": "mixed",
    "gmina miejsko wiejska": "mixed",
    "mw": "mixed",
    "miasto i gmina": "mixed",
    "g m w": "mixed",
    "gm mw": "mixed",
}
_HINT_TEXT = {"urban": "gmina miejska", "rural": "gmina wiejska", "mixed": "gmina miejsko-wiejska"}
_BRACKET = re.compile(r"^(.*?)\s*\(([^()]*)\)\s*$", re.DOTALL)
_TAIL = re.compile(r"^(.*\S)(?:\s+[-–—]\s*|\s*[,;]\s*)([^-–—,;]+(?:-[^-–—,;]+)?)$", re.DOTALL)
# What stands around a name and means nothing.
_EDGES = " ,;-–"
_LEADS = (
    (re.compile(r"^(?:gmina|gm\.?)\s+miejsko\s?[-–]\s?wiejska\s+", re.IGNORECASE), "mixed"),
    (re.compile(r"^(?:miasto\s+i\s+gmina|gmina\s+i\s+miasto|m\.?\s?i\s?gm\.?)\s+", re.IGNORECASE), "mixed"),
    (re.compile(r"^(?:gmina|gm\.?)\s+(?:miejska|miasto)\s+", re.IGNORECASE), "urban"),
    (re.compile(r"^(?:gmina|gm\.?)\s+wiejska\s+", re.IGNORECASE), "rural"),
    (re.compile(r"^(?:miasto\s+st\.?|m\.\s?st\.?|miasto)\s+|^m\.\s?", re.IGNORECASE), "urban"),
    (re.compile(r"^(?:gmina|gm\.?|g\.)\s*(?=[^\W\d_])", re.IGNORECASE), None),
)
_NAME_LETTERS = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True, slots=True)
class Gmina:
    """A municipality by name; `hint` is urban, rural, mixed or None when the source does not tell."""

    name: str
    hint: str | None = None

    def __str__(self):
        return f"{self.name} ({_HINT_TEXT[self.hint]})" if self.hint else self.name


def powiat(raw):
    """Folded key of a county: "karkonoski", or "wroclaw" for a city with county rights; a TERYT code stays a code."""
    text = cell_text(raw)
    return _powiat(text) if text else EMPTY


@functools.lru_cache(maxsize=4096)
def _powiat(text):
    if means_nothing(text):
        return Cleaned(notes=notes("puste"))
    key = county_key(text)
    if re.fullmatch(r"\d{3,4}", key, re.ASCII):
        return Cleaned(key.zfill(4), notes("powiat" if key != text else None, "zera" if len(key) == 3 else None))
    if not 3 <= len(key) <= 60 or means_nothing(key):
        return refused("brak nazwy powiatu")
    today = _RENAMED.get(key, key)
    return Cleaned(today, notes("powiat" if key != text else None, "powiat-dawny" if today != key else None))


def county_key(name):
    """The key under which `powiat` finds a county: fold a dictionary's own names with it."""
    key = fold(name)
    while True:
        shorter = _COUNTY_TAIL.sub("", _COUNTY_WORDS.sub("", key))
        if shorter == key:
            return key
        key = shorter


def gmina(raw):
    """`Gmina(name, hint)`: the hint only when the source gives the type."""
    text = cell_text(raw)
    return _gmina(text) if text else EMPTY


@functools.lru_cache(maxsize=4096)
def _gmina(text):
    if means_nothing(text):
        return Cleaned(notes=notes("puste"))
    name, hint = one_line(text).strip(_EDGES), None
    for pattern in (_BRACKET, _TAIL):
        match = pattern.match(name)
        if match and fold(match[2]) in _HINTS:
            name, hint = match[1], _HINTS[fold(match[2])]
            break
    name, lead_hint = _without_lead(name)
    hint = hint or lead_hint
    if is_shouted(name) or name.islower():
        name = title_case(name)
    if means_nothing(name):
        return Cleaned(notes=notes("puste"))
    if not _NAME_LETTERS.search(name) or not name[0].isalpha() or len(name) > 80:
        return refused("brak nazwy gminy")
    value = Gmina(name, hint)
    if str(value) == text:
        return Cleaned(value)
    return Cleaned(value, notes("gmina"))


def _without_lead(name):
    """("Świdnica", "rural") of "gmina wiejska Świdnica"; of several leading words the first that tells counts."""
    hint = None
    while True:
        name = name.strip(_EDGES)
        for pattern, lead_hint in _LEADS:
            rest = pattern.sub("", name, count=1)
            if rest != name and fold(rest):
                name, hint = rest, hint or lead_hint
                break
        else:
            return name, hint


def gmina_teryt(raw):
    """Seven digits; a leading zero that a spreadsheet dropped is put back."""
    text = cell_text(raw)
    if means_nothing(text):
        return Cleaned(notes=notes("puste")) if text else EMPTY
    digits = text.replace(" ", "").replace("_", "")
    if not (digits.isascii() and digits.isdigit()):
        return refused("kod TERYT gminy ma 7 cyfr")
    if len(digits) == 7:
        return Cleaned(digits, notes("zapis-numeru") if digits != text else ())
    if len(digits) == 6 and not digits.startswith("0"):
        return Cleaned(f"0{digits}", notes("zera"))
    return refused(f"kod TERYT gminy ma 7 cyfr, podano {len(digits)}")


def voivodeship(raw):
    """Official lower-case name, such as "dolnośląskie"."""
    text = cell_text(raw)
    return _voivodeship(text) if text else EMPTY


@functools.lru_cache(maxsize=512)
def _voivodeship(text):
    if means_nothing(text):
        return Cleaned(notes=notes("puste"))
    key = re.sub(r"^(?:wojewodztwo|woj|w)\s+|\s+(?:voivodeship|province|wojewodztwo)$", "", fold(text))
    name = VOIVODESHIPS.get(key) or _VOIVODESHIP_CODES.get(key.zfill(2))
    if name is None:
        return refused("nie ma takiego województwa")
    return Cleaned(name, notes("wojewodztwo") if name != text else ())


def town(raw):
    """Name of a place in ordinary case."""
    text = cell_text(raw)
    return _town(text) if text else EMPTY


@functools.lru_cache(maxsize=8192)
def _town(text):
    if means_nothing(text):
        return Cleaned(notes=notes("puste"))
    written = one_line(text)
    value = re.sub(r"^(?:(?:m\.|miejscowość\b:?)\s*)+(?=\S)", "", written, flags=re.IGNORECASE)
    if is_shouted(value):
        value = title_case(value)
    if means_nothing(value):
        return Cleaned(notes=notes("puste"))
    if not fold(value):
        return refused("brak nazwy miejscowości")
    if len(value) > 80:
        return refused(f"tekst ma {len(value)} znaków, a mieści się najwyżej 80")
    shouted = value.casefold() == written.casefold() and value != written
    return Cleaned(value, notes("wielka-pisownia" if shouted else "odstepy") if value != text else ())
