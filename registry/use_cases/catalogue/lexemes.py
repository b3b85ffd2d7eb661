"""From texts to the lexemes of the search column: registry.search says what their prefixes mean."""

from functools import lru_cache

from core.polish import fold, index_terms, words

NAME, OFFERS, DESCRIPTION, PLACE = "n_", "o_", "d_", "p_"
_SHORTEST_REMEMBERED = 4


class Lexemes:
    """The lexemes of one row; words worth suggesting are added to `vocabulary`, {folded: as written}."""

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.found = set()

    def add(self, prefix, *texts):
        for text in texts:
            if text:
                for word in words(text.lower()):
                    self._add_word(prefix, word)
        return self

    def add_label(self, prefix, *labels):
        """Like `add`, for texts that many rows have: dictionaries, places, kinds."""
        for label in labels:
            if label:
                found, vocabulary = _label(prefix, label)
                self.found |= found
                self.vocabulary.update(vocabulary)
        return self

    def _add_word(self, prefix, word):
        folded, plain = _word(word)
        self.found.update(plain)
        self.found.update([prefix + term for term in plain])
        if len(folded) >= _SHORTEST_REMEMBERED and folded not in self.vocabulary:
            self.vocabulary[folded] = word

    def literal(self):
        """As PostgreSQL reads a tsvector. A term is made of letters and digits alone, so nothing needs a quote."""
        return " ".join(self.found)


@lru_cache(maxsize=100_000)
def _word(word):
    return fold(word), tuple(dict.fromkeys(index_terms(word)))


@lru_cache(maxsize=10_000)
def _label(prefix, label):
    lexemes = Lexemes({}).add(prefix, label)
    return lexemes.found, lexemes.vocabulary
