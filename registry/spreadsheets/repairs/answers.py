"""Yes and no, lists, counts of people, PKD codes."""

import functools
import re

from registry.spreadsheets.cells import cell_text
from registry.spreadsheets.repairs.outcome import EMPTY, Cleaned, note, notes, refused
from registry.spreadsheets.repairs.text import fold, means_nothing, one_line, paragraphs

_YES = frozenset("tak t yes y true prawda x 1 v jest posiada ma ok on".split())
_NO = frozenset("nie n no false falsz 0 brak nd bd off".split())
_YES_SIGNS = frozenset("+✓✔☑√✅")
_NO_SIGNS = frozenset("-–—−✗✘☐×")
_YES_BEGINS = (
    "tak ",
    "posiada ",
    "organizacja pozytku publicznego",
    "przedsiebiorstwo spoleczne",
    "zaklad pracy chronionej",
    "od ",
)
_NO_BEGINS = ("nie ", "brak ", "bez ")
_BULLET = re.compile(r"^(?:[•●▪◦‣·*–—\s.,'-]+|\d{1,2}[.)](?=\s))+")
_BULLETS_INSIDE = re.compile(r"\s*[•●▪◦‣]\s*")
_ITEM_LENGTH = 300
_ITEMS = 100
_BANDS = ((9, "1-9"), (49, "10-49"), (249, "50-249"))
_BAND_NAMES = frozenset(("1-9", "10-49", "50-249", "250+"))
_NUMBER = re.compile(r"\d+")
_PKD = re.compile(r"(?<!\d)(\d{2})\.?(\d{2})\.?([A-Z])(?![A-Za-z])")


def answer(raw):
    """True or False; x, +, ✓ and 1 are yes, a dash and "brak" are no."""
    text = cell_text(raw)
    return _answer(text) if text else EMPTY


@functools.lru_cache(maxsize=2048)
def _answer(text):
    if text in ("tak", "nie"):
        return Cleaned(text == "tak")
    if len(text) == 1 and text in _YES_SIGNS:
        return Cleaned(True, notes("tak-nie"))
    if len(text) == 1 and text in _NO_SIGNS:
        return Cleaned(False, notes("tak-nie"))
    word = fold(text)
    if word in _YES or f"{word} ".startswith(_YES_BEGINS):
        return Cleaned(True, notes("tak-nie"))
    if word in _NO or f"{word} ".startswith(_NO_BEGINS):
        return Cleaned(False, notes("tak-nie"))
    if means_nothing(text):
        return Cleaned(notes=notes("puste"))
    return refused("to nie jest odpowiedź tak lub nie")


def items(raw):
    """Tuple of the things listed, parted by semicolons, lines or bullets."""
    text = cell_text(raw)
    return _items(text) if len(text) < 500 else _items.__wrapped__(text)


@functools.lru_cache(maxsize=8192)
def _items(text):
    if means_nothing(text):
        return Cleaned(notes=notes("puste")) if text else EMPTY
    found = {}
    for piece in re.split(r"[;\n]", _BULLETS_INSIDE.sub("\n", paragraphs(text))):
        key, item = _item(piece)
        if key:
            found.setdefault(key, item)
    if not found:
        return Cleaned(notes=notes("puste"))
    if len(found) > _ITEMS:
        return refused(f"lista ma {len(found)} pozycji, a mieści się najwyżej {_ITEMS}")
    values = tuple(found.values())
    if any(len(item) > _ITEM_LENGTH for item in values):
        return refused(f"pozycja listy ma ponad {_ITEM_LENGTH} znaków")
    return Cleaned(values, (note("lista"),) if "; ".join(values) != text else ())


@functools.lru_cache(maxsize=8192)
def _item(piece):
    """(what tells two items apart, the item); both empty for a piece that says nothing."""
    item = _BULLET.sub("", one_line(piece)).rstrip(" .,")
    return ("", "") if means_nothing(item) else (fold(item) or item, item)


def employees(raw):
    """Band of employment: 1-9, 10-49, 50-249 or 250+."""
    text = cell_text(raw)
    if not text or text in _BAND_NAMES:
        return Cleaned(text) if text else EMPTY
    return _employees(text)


@functools.lru_cache(maxsize=2048)
def _employees(text):
    if means_nothing(text):
        return Cleaned(notes=notes("puste"))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return refused("arkusz zamienił liczbę osób na datę")
    numbers = [int(number) for number in _NUMBER.findall(re.sub(r"(?<=\d)\s(?=\d{3}\b)", "", text)) if len(number) < 7]
    if not numbers:
        return refused("brak liczby zatrudnionych")
    if len(numbers) == 1 and numbers[0] == 0:
        return Cleaned(notes=notes("puste"))
    # Of an interval the upper end names the band, unless only the lower one is given ("powyżej 250").
    size = numbers[1] if len(numbers) == 2 and re.search(r"\d\s*(?:-|–|—|do)\s*\d", text) else numbers[0]
    band = next((name for largest, name in _BANDS if size <= largest), "250+")
    return Cleaned(band, notes("zatrudnienie"))


def pkd(raw):
    """Tuple of codes such as 88.99.Z, in the order written."""
    text = cell_text(raw)
    if means_nothing(text):
        return Cleaned(notes=notes("puste")) if text else EMPTY
    codes = tuple(dict.fromkeys(f"{a}.{b}.{c}" for a, b, c in _PKD.findall(text.upper())))[:_ITEMS]
    if not codes:
        return refused("brak kodu PKD w postaci 00.00.A")
    return Cleaned(codes, notes("pkd") if "; ".join(codes) != text else ())
