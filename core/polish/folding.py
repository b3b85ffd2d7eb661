"""Text without case and accents, and the words in it."""

import re
import unicodedata

# Letters that Unicode does not decompose, beside the accented Polish ones, which are here for speed.
_PLAIN = dict(zip("ąćęłńóśźżÄÖÜäöüđðøħıŋ", "acelnoszzaouaouddohin", strict=True))
_PLAIN |= {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ẞ": "ss"}
_QUOTES_AND_DASHES = "\"'`´‘’‚‛“”„‟«»‹›′″-‐‑‒–—―−\u00ad"
_CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA1)]))
_FOLDING = str.maketrans(
    _PLAIN
    | {letter.upper(): plain for letter, plain in _PLAIN.items() if len(letter.upper()) == 1}
    | dict.fromkeys(_QUOTES_AND_DASHES + _CONTROLS, " ")
)
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


def fold(text):
    """`text` in lower case without accents; quotes, dashes, control characters and runs of white space become one
    space. "Spółdzielnia „ŻÓŁW”" gives "spoldzielnia zolw". Folding twice changes nothing more.
    """
    folded = text.translate(_FOLDING)
    if not folded.isascii():
        # Lower case can bring new marks (İ) and decomposition new capitals (™), hence both before the marks go.
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", folded).lower())
        folded = "".join(char for char in folded if not unicodedata.combining(char)).translate(_FOLDING)
    return " ".join(folded.lower().split())


def words(text):
    """The runs of letters and digits of `text` in reading order, in their own case and NFC."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def word_spans(text):
    """(start, end, word in NFC) of each word; the positions are those of `text` as it stands."""
    for found in _WORD.finditer(text):
        yield found.start(), found.end(), unicodedata.normalize("NFC", found[0])
