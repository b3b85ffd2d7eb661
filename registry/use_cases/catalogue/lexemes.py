"""From texts to the lexemes of the search column: registry.search says how they are asked for."""

from functools import lru_cache

from core.polish import index_terms, words


class Lexemes:
    """The lexemes of one row: each term once, under the best field it stands in. Add the better fields first.

    All texts go into the set `texts`.
    """

    def __init__(self, texts):
        self._texts, self._parts = texts, []

    def add(self, field, *texts):
        letter = str(field)
        self._parts += [(letter, text) for text in texts if text]
        self._texts.update(texts)
        return self

    def literal(self):
        """As PostgreSQL reads a tsvector. A term is made of letters and digits alone, so nothing needs a quote."""
        best = {}
        for letter, text in reversed(self._parts):
            best.update(_lexemes(letter, text))
        return " ".join(best.values())


def words_of(texts):
    """All words of the texts, as written but in lower case."""
    return set().union(*(_words(text) for text in texts if text))


@lru_cache(maxsize=2_000)
def _lexemes(letter, text):
    """{term: lexeme}. Kept, because cards repeat what their offers and places say."""
    return {term: letter + term for word in _words(text) for term in _TERMS[word]}


@lru_cache(maxsize=2_000)
def _words(text):
    return frozenset(words(text.lower()))


class _Terms(dict):
    """The terms of each word met so far; forgets all of them before they take much memory."""

    def __missing__(self, word):
        if len(self) > 200_000:
            self.clear()
        self[word] = tuple(index_terms(word))
        return self[word]


_TERMS = _Terms()
