"""From texts to the lexemes of the search column: registry.search says how they are asked for."""

from functools import lru_cache

from core.polish import index_terms, words


class Lexemes:
    """The lexemes of one row: each term once, under the best field it stands in. Add the better fields first.

    All words met go into the set `vocabulary`, as written but in lower case.
    """

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.terms, self.lexemes = set(), []

    def add(self, field, *texts):
        letter = str(field)
        for text in texts:
            if text:
                terms, found = _read(text)
                self.vocabulary |= found
                fresh = terms - self.terms
                self.terms |= fresh
                self.lexemes += [letter + term for term in fresh]
        return self

    def literal(self):
        """As PostgreSQL reads a tsvector. A term is made of letters and digits alone, so nothing needs a quote."""
        return " ".join(self.lexemes)


@lru_cache(maxsize=10_000)
def _read(text):
    """The terms of a text and its words. Kept, because cards repeat what their offers and places say."""
    found = frozenset(words(text.lower()))
    return frozenset([term for word in found for term in _TERMS[word]]), found


class _Terms(dict):
    """The terms of each word met so far; forgets all of them before they take much memory."""

    def __missing__(self, word):
        if len(self) > 200_000:
            self.clear()
        self[word] = tuple(index_terms(word))
        return self[word]


_TERMS = _Terms()
