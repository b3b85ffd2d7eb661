"""From texts to the lexemes of the search column: registry.search says how they are asked for."""

from functools import lru_cache

from core.polish import fold, index_terms, words

_SHORTEST_REMEMBERED = 4


class Lexemes:
    """The lexemes of one row: each term once, under the best field it stands in. Add the better fields first.

    Words worth suggesting are added to `vocabulary`, {folded: as written}.
    """

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.fields = {}

    def add(self, field, *texts):
        for text in texts:
            if text:
                terms, vocabulary = _read(text)
                self.fields = dict.fromkeys(terms, field) | self.fields
                self.vocabulary.update(vocabulary)
        return self

    def literal(self):
        """As PostgreSQL reads a tsvector. A term is made of letters and digits alone, so nothing needs a quote."""
        return " ".join([field + term for term, field in self.fields.items()])


@lru_cache(maxsize=10_000)
def _read(text):
    """The terms of a text and its words worth suggesting. Kept: cards repeat what their offers and places say."""
    terms, vocabulary = [], {}
    for word in set(words(text.lower())):
        folded, found = _WORDS[word]
        terms += found
        if len(folded) >= _SHORTEST_REMEMBERED:
            vocabulary[folded] = word
    return tuple(terms), vocabulary


class _Words(dict):
    """Folded form and terms of each word met so far; forgets all of them before they take much memory."""

    def __missing__(self, word):
        if len(self) > 200_000:
            self.clear()
        self[word] = fold(word), tuple(dict.fromkeys(index_terms(word)))
        return self[word]


_WORDS = _Words()
