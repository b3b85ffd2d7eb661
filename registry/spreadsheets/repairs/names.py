"""Names of organisations: registers shout them in capitals, people read them in ordinary case."""

import functools
import re

from registry.spreadsheets.cells import cell_text
from registry.spreadsheets.repairs.outcome import EMPTY, Cleaned, notes, refused
from registry.spreadsheets.repairs.text import means_nothing, one_line, polish_quotes

LONGEST = 400
_SMALL = frozenset(
    """
    a ale bez dla do i im ku lub na nad o od oraz po pod przed przez przy u w we z za ze ds im. ds. ul. al. pl. św. św
    nr k. p. t. ks. dr dr. prof. inż. mgr gen. płk. bp. abp. hr. bł. wlkp. śl. pow. woj. gm. m. st. z.s. r. sp.
    zo.o. z.o.o. o.o. spółka s.c. sp.k. sp.j.
    """.split()
)
# What is said of an organisation's form and state is not a part of its proper name.
_LOWER_PHRASES = (
    (" z ", re.compile(r"\bsp\.?\s*z\.?\s*o\.\s?o\.?", re.IGNORECASE), "sp. z o.o."),
    ("Ograniczoną", re.compile("Spółka z Ograniczoną Odpowiedzialnością"), "spółka z ograniczoną odpowiedzialnością"),
    ("Likwidacji", re.compile("w Likwidacji"), "w likwidacji"),
    ("Upadłości", re.compile("w Upadłości"), "w upadłości"),
)
_ACRONYMS = frozenset(
    """
    AIDS AGH AK ARS AWF CIS CUS CWOP DES DOPS DOWES EKOES ES EU GOPS GOK HIV II KIS KIK KO KOS KSON LIONS LOK LOP
    LSIO LUKS MDK MGOPS MOK MOPS MOPR MOS MUKS NATO NGO NOT OHP OPP OPS OSP OWES PAN PES PEFRON PS PFRON PKO PSOUU
    PSONI PTTK PZERII ROD ROPS RP SA SIRR SIM SM SOS SOSW TSA TUR UE UKS UM USA UTW WOES WOPR WOŚP WTZ ZAZ ZDZ ZHR
    ZHP ZNP ZOZ AA AZS FRES GKS UP OM JST IT ADHD BHP GTW NZOZ
    """.split()
)
# A word without a vowel is an abbreviation (LZS, PTTK, KGW); these few are words.
_VOWELS = re.compile("[AEIOUYĄĘÓ]")
_ROMAN = re.compile(r"(?=[IVX]{2,})X{0,3}(?:IX|IV|V?I{0,3})")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?\.?", re.UNICODE)
_DOTTED_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?\.?", re.UNICODE)
_QUOTED = re.compile("„([^„”]*)”")
_SENTENCE_START = re.compile(r"^[\s„(\[-]*$")


def name(raw):
    """The full name: one line, Polish quotation marks, ordinary case."""
    text = cell_text(raw)
    if means_nothing(text):
        return Cleaned(notes=notes("puste")) if text else EMPTY
    line = one_line(text)
    quoted = polish_quotes(line)
    value = title_case(quoted) if is_shouted(quoted) else quoted
    if len(value) > LONGEST:
        return refused(f"nazwa ma {len(value)} znaków, a mieści się najwyżej {LONGEST}")
    if not any(letter.isalnum() for letter in value):
        return refused("nazwa nie zawiera liter")
    if value == text:
        return Cleaned(value)
    return Cleaned(
        value,
        notes(
            "odstepy" if line != text else None,
            "cudzyslowy" if quoted != line else None,
            "wielka-pisownia" if value != quoted else None,
        ),
    )


def is_shouted(text):
    """True when a text is in capitals and long enough to be more than an abbreviation."""
    return text.isupper() and (len(text) > 12 or sum(letter.isalpha() for letter in text) > 3)


def title_case(text):
    """Ordinary Polish spelling of a shouted name; abbreviations, Roman numbers and one-word quoted names stay."""
    lone = _QUOTED.fullmatch(text)
    if lone and " " not in lone[1].strip():
        return text
    pieces, end = [], 0
    for match in _QUOTED.finditer(text):
        pieces.append(_cased(text[end : match.start()], first=end == 0))
        inner = match[1]
        pieces.append(f"„{_cased(inner, first=True) if ' ' in inner.strip() else inner}”")
        end = match.end()
    pieces.append(_cased(text[end:], first=end == 0))
    value = "".join(pieces)
    for telling, pattern, phrase in _LOWER_PHRASES:
        if telling in value:
            value = pattern.sub(phrase, value)
    return value


def _cased(text, *, first):
    initials = [match.span() for match in _DOTTED_INITIALS.finditer(text)] if "." in text else ()

    def word_case(match):
        start, word = match.start(), match[0]
        if any(begin <= start < end for begin, end in initials):
            return word
        opening = first and (start == 0 or not any(letter.isalnum() for letter in text[:start]))
        return _word(word, opening=opening, glued=start > 0 and text[start - 1].isdigit())

    return _WORD.sub(word_case, text)


@functools.lru_cache(maxsize=16384)
def _word(word, *, opening, glued):
    lower = word.lower()
    bare = word.rstrip(".")
    if glued:
        return lower if len(bare) > 2 else word
    if lower in _SMALL:
        return lower.capitalize() if opening else lower
    if len(bare) == 1 and word.endswith("."):
        return word
    if lower == "i" or bare in _ACRONYMS or _ROMAN.fullmatch(bare):
        return word
    if 2 <= len(bare) <= 5 and not word.endswith(".") and not _VOWELS.search(bare):
        return word
    return word[0] + lower[1:]
