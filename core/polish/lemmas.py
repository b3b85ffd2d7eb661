"""From inflected words to the terms of the index.

A text and a query meet when a word of each has one term in common, thus a word has all the terms it may need.
"""

import unicodedata
from functools import lru_cache

from core.polish.accents import restorations
from core.polish.aspect import counterparts
from core.polish.folding import fold, words
from core.polish.readings import guesses, readings

_LONGEST = 60


def is_known(word):
    """Whether the dictionary has this form, thus whether it is hardly a typing error."""
    return bool(readings(unicodedata.normalize("NFC", word).lower()))


def lemma(word):
    """The likeliest lemma of one word, folded: "Sprzątania" gives "sprzatac"; an unknown word is its own lemma."""
    return terms(unicodedata.normalize("NFC", word).lower())[0]


def lemmas(text):
    """`lemma` of each word of `text` in reading order."""
    return [lemma(word) for word in words(text)]


def index_terms(text):
    """All terms under which `text` is to be found, in reading order and with repetitions.

    Each is made of letters and digits alone and is at most 60 characters long, thus safe as a lexeme.
    """
    return [term for word in words(text.lower()) for term in terms(word)]


@lru_cache(maxsize=200_000)
def terms(word):
    """Folded lemmas of `word` (lower case, NFC), the likeliest first; never empty, the word itself when unknown."""
    word = word[:_LONGEST]
    found = readings(word)
    if not found:
        found = [*guesses(word), word]
        for form in restorations(word):
            found += readings(form)
    return tuple(dict.fromkeys(map(fold, found)))


@lru_cache(maxsize=20_000)
def aspects(word):
    """Folded verbs that say the same as `word` (lower case, NFC) of work done or under way; none for other words.

    Terms of queries only: an entry that both "pomaluję" and "przemaluję" led to one term would meet either.
    """
    known = readings(word)
    forms = [known] if known else map(readings, restorations(word))
    return frozenset(fold(other) for found in forms for reading in found for other in counterparts(reading))
