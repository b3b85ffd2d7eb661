"""What a visitor typed, and how it is put to the search index.

Every lexeme of an entry is a term of core.polish behind the letter of the best field it stands in. So the index alone
tells where a word was found: ranking needs no look at the rows.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Lookup, Q

from core.polish import query_terms

LONGEST = 200
# Said with names of places, and true of every place.
_GENERIC = frozenset({"gmina", "powiat", "wojewodztwo"})
_CPV = re.compile(
    r"(?:(?:kod\W+)?CPV\W*)?(\d\d[. ]?\d\d[. ]?\d\d[. ]?\d\d)(?: ?[-–] ?\d)?(?:[\s:,–-]+\D.*)?",
    re.DOTALL | re.IGNORECASE | re.ASCII,
)
_IDENTIFIER = re.compile(
    r"\W*(?:(?:nr|numer)\W+)?(?:(?P<name>N\.?I\.?P|REGON|KRS|PL)\W*(?:(?:nr|numer)\W*)?)?(?:PL\s*)?"
    r"(?P<digits>\d[\d\s.–-]*)\W*",
    re.IGNORECASE,
)


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
    """One search: words, or a CPV code; `identifier` when the text may be a NIP, REGON or KRS."""

    text: str

    @cached_property
    def words(self):
        """The terms of each word that is to be met; empty for a CPV code or a text without words."""
        if self.cpv:
            return []
        words = query_terms(self.text)
        return [terms for terms in words if terms.isdisjoint(_GENERIC)] or words

    @cached_property
    def cpv(self):
        """The CPV code as a number for "90910000", "CPV 90.91.00.00-9" and "90910000-9 Sprzątanie", else None."""
        found = _CPV.fullmatch(self.text.strip())
        return int(re.sub(r"[. ]", "", found[1])) if found else None

    @cached_property
    def identifier(self):
        """The digits of what may be a NIP, REGON or KRS in any writing, else an empty string."""
        found = None if self.cpv else _IDENTIFIER.fullmatch(self.text.strip())
        if not found:
            return ""
        digits = re.sub(r"\D", "", found["digits"])
        if (found["name"] or "").upper() == "KRS":
            return digits.zfill(10) if len(digits) <= 10 else ""
        return digits if len(digits) in (9, 10, 14) else ""

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


def _any(terms, fields):
    return f"({' | '.join(field + term for term in sorted(terms) for field in fields)})"


def _all(words, fields):
    return " & ".join(_any(terms, fields) for terms in words)


def _pairs(steps):
    return zip([None, *steps], steps, strict=False)
