"""An offer, or a card that stands for itself, as it is weighed against an order; and what it speaks of."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from core.polish import index_terms
from procurement.matching.kinds import akin
from procurement.matching.topics import recognised
from procurement.matching.words import content
from registry.choices import Activity

# Of kinds of work that an offer names after another.
BESIDE = 0.93
# Of a name that its own description does not bear out.
FIGURATIVE = 0.75
# Of those that stand beside it in one breath: "introligatornia rękodzielnicza".
OF_IT = 0.8
# The same offers are looked at again and again.
_terms = lru_cache(maxsize=50_000)(lambda text: frozenset(index_terms(text)))


@dataclass(frozen=True)
class Candidate:
    """An offer, or a card that stands for itself (`offer_id` is None): what the entry holds."""

    organisation_id: int
    offer_id: int | None
    name: str
    organisation_name: str
    # {letter of registry.search.Field: terms}
    terms: dict
    cpv: frozenset = frozenset()
    pkd: frozenset = frozenset()
    serves: frozenset = frozenset()
    ps: bool = False
    mark: bool = False
    ground: str = ""
    is_confirmed: bool = True
    activity: str = Activity.ACTIVE
    verified_on: date | None = None
    # As the organisation wrote it: of the offer, or of the organisation.
    description: str = ""
    references: tuple = ()
    employees: str = ""
    capacity: str = ""
    groups: tuple = ()
    slug: str = ""
    kind: str = ""
    town: str = ""
    county: str = ""
    mark_until: date | None = None

    @cached_property
    def named(self):
        """What an offer says by its name that it is: as procurement.matching.topics.recognised."""
        found = self._titled
        if self.is_figurative:
            found = {code: (sure * FIGURATIVE, place) for code, (sure, place) in found.items()}
        if len(found) < 2:
            return found
        # Who begins with it does it before all else; what is only said of that is hardly a trade of its own.
        parts = {word.position: word.part for word in content(self.name, offered=True)}
        first = min(place for _, place in found.values())
        same = parts.get(first, 0)
        return {
            code: (sure if place == first else sure * (OF_IT if parts.get(place, same) == same else BESIDE), place)
            for code, (sure, place) in found.items()
        }

    @cached_property
    def known(self):
        """{code of a topic: how much of it this is}, filled by procurement.matching.scoring: of many orders of a plan
        the same is asked again and again."""
        return {}

    @cached_property
    def _titled(self):
        return recognised(self.name, offered=True) if self.offer_id else {}

    @cached_property
    def is_figurative(self):
        """Whether the description speaks of other work than the name seems to: "Porządek w papierach"."""
        named, work = self._titled, {code for code, (sure, _) in self.work.items() if sure >= 0.9}
        if not (named and work) or not named.keys().isdisjoint(self.work):
            return False
        return not any(akin(code, other) for code in named for other in work)

    @cached_property
    def work(self):
        """The same of what the description speaks of."""
        return recognised(self.description, offered=True)

    @cached_property
    def spoken(self):
        """Terms of the description, without those of the organisation's own name."""
        return _terms(self.description) - _terms(self.organisation_name)

    @property
    def told(self):
        """Codes of what only the description says, when it says more than the name."""
        return self.work.keys() if self.offer_id and (self.is_figurative or self.doubt == 1) else ()

    @property
    def is_beside_offers(self):
        """A card of an organisation that has made offers: those are weighed by themselves."""
        return self.offer_id is None and bool(self.terms.get("o"))

    @cached_property
    def doubt(self):
        """An offer that says by name what it is, is hardly what its category says besides."""
        return 0.55 if any(sure >= 0.75 for sure, _ in self.named.values()) else 1.0


class Reference(NamedTuple):
    subject: str
    client: str
    year: int
    value: str | None
