"""Words typed without Polish letters: which words of the dictionary may be meant."""

from functools import lru_cache

from core.polish.dictionary import is_beginning, is_known, lookup
from core.polish.folding import fold
from core.polish.readings import PREFIXES, SHORTEST_TAIL

_ACCENTED = {"a": "aą", "c": "cć", "e": "eę", "l": "lł", "n": "nń", "o": "oó", "s": "sś", "z": "zźż"}
_LONGEST = 40
_MOST = 64


@lru_cache(maxsize=20_000)
def restorations(word):
    """Known forms that differ from `word` (lower case, NFC) only in accents it lacks: "zoladz" gives ("żołądź",).

    A word made with a prefix may also be one that the dictionary knows without it: "niepelnosprawni".
    """
    if len(word) > _LONGEST:
        return ()
    found = [form for form in _accented(word) if form != word]
    for prefix in () if found else PREFIXES:
        tail = word.removeprefix(fold(prefix))
        if tail != word and len(tail) >= SHORTEST_TAIL:
            found += [prefix + form for form in _accented(tail) if prefix + form != word]
    return tuple(found)


def as_written(word):
    """A word in lower case as people write it: "swidnicy" as "Świdnicy", "uslugi" as "usługi", "laka" as it stands."""
    if not is_known(word):
        word = next(iter(restorations(word)), word)
    common, names = lookup(word)
    return word.capitalize() if names and not common else word


def _accented(word):
    """Known forms that differ from `word` in accents it lacks or not at all."""
    starts = [""]
    for letter in word:
        starts = [start + choice for start in starts for choice in _ACCENTED.get(letter, letter)]
        if letter in _ACCENTED:
            # Beginnings that no word has go at once, which keeps the work small for words of any length.
            starts = [start for start in starts if is_beginning(start)][:_MOST]
    return [form for form in starts if is_known(form)]
