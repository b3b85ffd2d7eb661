"""Plain text: spaces, line breaks, quotation marks, the many ways of writing "nothing"."""

import functools
import re
import unicodedata

from registry.spreadsheets.cells import cell_text
from registry.spreadsheets.repairs.outcome import EMPTY, Cleaned, notes, refused

# What nearly all texts consist of besides ASCII; the rest goes the long way through Unicode.
_COMMON = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”“’–—\u00a0", "acelnoszzacelnoszz       ")
_ASCII_WORDS = re.compile(r"[a-z0-9]+")
_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o"})
_SPACES = re.compile(r"\s+")
_LINE_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n[\s]*")
_NOTHING = re.compile(
    r"(?:[-–—_.?/*\\x\s]+|brak(?: danych| informacji)?|n/?d\.?|b/?d\.?|nie ?dotyczy|nie ma|nie podano|nieznan[yae]|"
    r"none|null|nan|n/a|#n/?[ad]!?|#arg!|#adr!|#ref!|xxx+|---+)",
    re.IGNORECASE,
)
_MARKS = re.compile("[“”„‟«»″]|(?<!')''(?!')|‚‚|(?<![\\w,]),,(?=\\w)")
_MARK_LETTERS = frozenset("\"“”„‟«»″'‚,")
_IN_ORDER = re.compile("[^\"“”„‟«»″'‚]*(?:„[^\"“”„‟«»″'‚\\s](?:[^\"“”„‟«»″'‚]*[^\"“”„‟«»″'‚\\s])?”[^\"“”„‟«»″'‚]*)*")
_RUN_OF_MARKS = re.compile('"(?:\\s*")+(?=\\w)|(?<=[\\w.!?])"(?:\\s?")+|"{2,}')


def fold(text):
    """Lower case, no diacritics, words parted by single spaces: the form in which words are compared."""
    common = text.translate(_COMMON)
    if common.isascii():
        return " ".join(_ASCII_WORDS.findall(common.lower()))
    decomposed = unicodedata.normalize("NFKD", text).lower().translate(_LETTERS)
    letters = "".join(
        letter if letter.isalnum() else " " for letter in decomposed if not unicodedata.combining(letter)
    )
    return " ".join(letters.split())


def means_nothing(text):
    """True for "", "-", "brak", "n/d", "nie dotyczy", "xxx", "?" and their kin."""
    return not text or (len(text) < 20 and _NOTHING.fullmatch(text) is not None)


def one_line(text):
    """Text on one line with single ordinary spaces."""
    return " ".join(text.split())


def paragraphs(text):
    """Text that keeps its line breaks, with single spaces between words."""
    text = _LINE_SPACES.sub(" ", text)
    return _BREAKS.sub("\n", text).strip()


def polish_quotes(text):
    """„X” for "X", ""X"", ,,X" and «X»; marks that do not pair up are left as plain ones."""
    if _MARK_LETTERS.isdisjoint(text) or (_IN_ORDER.fullmatch(text) and ",," not in text):
        return text
    plain = _RUN_OF_MARKS.sub('"', _MARKS.sub('"', text))
    if plain.count('"') % 2:
        return plain
    pieces = plain.split('"')
    for position in range(1, len(pieces), 2):
        inner = pieces[position].strip()
        if not inner:
            return plain
        pieces[position] = f"„{inner}”"
    return "".join(pieces)


def line(raw, *, longest):
    """Cleaned one-line text of at most `longest` characters."""
    return _line(cell_text(raw), longest)


@functools.lru_cache(maxsize=4096)
def _line(text, longest):
    if means_nothing(text):
        return Cleaned(notes=notes("puste")) if text else EMPTY
    value = one_line(text)
    if len(value) > longest:
        return refused(f"tekst ma {len(value)} znaków, a mieści się najwyżej {longest}")
    return Cleaned(value or None, notes("odstepy") if value != text else ())


def block(raw, *, longest):
    """Cleaned text of several lines."""
    text = cell_text(raw)
    if means_nothing(text):
        return Cleaned(notes=notes("puste")) if text else EMPTY
    value = paragraphs(text)
    if len(value) > longest:
        return refused(f"tekst ma {len(value)} znaków, a mieści się najwyżej {longest}")
    return Cleaned(value or None, notes("odstepy") if value != text else ())
