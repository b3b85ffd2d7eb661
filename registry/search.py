"""What a visitor typed, and how it is put to the search index.

Every lexeme of an entry is a term of core.polish behind the letter of the best field it stands in. So the index alone
tells where a word was found: ranking needs no look at the rows.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Lookup, Q

from core.polish import STOP_WORDS, query_terms, query_words, words
from registry.codes import cpv_writing
from registry.identifiers import numbers_in

LONGEST = 200
# Said with names of places, and true of every place.
_GENERIC = frozenset({"gmina", "powiat", "wojewodztwo"})


class Field(StrEnum):
    """The first letter of a lexeme: the best field of the row in which the term stands."""

    NAME = "n"
    OFFERS = "o"
    DESCRIPTION = "d"
    PLACE = "p"


@SearchVectorField.register_lookup
class Meets(Lookup):
    """search__meets="(ncatering | ocatering) & pwroclaw": a tsquery as it stands, with no dictionary in between."""

    lookup_name = "meets"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        left, left_params = self.process_lhs(compiler, connection)
        return f"{left} @@ %s::tsquery", [*left_params, self.rhs]


@dataclass(frozen=True)
class Search:
    """One search: words, or `cpv`, a code as a number."""

    text: str
    cpv: int | None = None

    @cached_property
    def words(self):
        """The terms of each word that is to be met; empty for a CPV code or a text without words."""
        if self.cpv:
            return []
        words = query_terms(self.text)
        return [terms for terms in words if terms.isdisjoint(_GENERIC)] or words

    @cached_property
    def numbers(self):
        """The registry.identifiers.Numbers that may be a NIP, REGON or KRS."""
        return numbers_in(self.text)

    @property
    def shorter(self):
        """{what is left out: the Search without it}, for each word that counts; empty for a single one."""
        numbers = self.numbers.parts
        in_numbers = {word for number in numbers for word in words(number.lower())}
        parts = [word for word in query_words(self.text) if _counts(word) and word not in in_numbers]
        if self.cpv or self.numbers.alone or len(parts) + len(numbers) < 2:
            return {}
        left = {part: _without(self.text, part) for part in [*parts, *numbers]}
        # A rest that is a number would be taken for one.
        return {part: Search(text) for part, text in left.items() if not (numbers_in(text) or cpv_writing(text))}

    @property
    def condition(self):
        """What the entries found have in common. A text without a single word finds nothing."""
        if self.cpv:
            return Q(cpv__contains=[self.cpv])
        return Q(search__meets=_all(self.words, Field)) if self.words else Q(pk__in=[])

    @cached_property
    def tiers(self):
        """The same condition cut into disjoint ones, from the best matches to the weakest; empty without words.

        In turn: every word in the name; in name and place; in name, offers and place; also in the description; only
        in the place.
        """
        steps = []
        for fields in ([Field.NAME], [Field.NAME, Field.OFFERS], [Field.NAME, Field.OFFERS, Field.DESCRIPTION]):
            if len(fields) == 1 and len(self.words) > 1:
                steps.append(_all(self.words, fields))
            here = _all(self.words, [*fields, Field.PLACE])
            steps.append(f"{here} & ({' | '.join(_any(terms, fields) for terms in self.words)})")
        steps.append(_all(self.words, Field))
        if not self.words:
            return []
        return [Q(search__meets=f"{step} & !({before})" if before else step) for before, step in _pairs(steps)]


def _counts(word):
    return word not in STOP_WORDS and all(terms.isdisjoint(_GENERIC) for terms in query_terms(word))


def _without(text, part):
    """The words of `text` but those of `part`, and but the "we" and "gmina" that led to them or now lead nowhere."""
    gone, kept = set(words(part.lower())), []
    for word in words(text):
        if word.lower() in gone:
            while kept and not _counts(kept[-1].lower()):
                kept.pop()
        elif kept or _counts(word.lower()):
            kept.append(word)
    while kept and not _counts(kept[-1].lower()):
        kept.pop()
    return " ".join(kept)


def _any(terms, fields):
    return f"({' | '.join(field + term for term in sorted(terms) for field in fields)})"


def _all(words, fields):
    return " & ".join(_any(terms, fields) for terms in words)


def _pairs(steps):
    return zip([None, *steps], steps, strict=False)
