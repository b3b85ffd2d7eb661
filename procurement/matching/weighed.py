"""What is weighed against an order: an offer, or a card that stands for itself, as its entry holds it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from core.polish import index_terms
from procurement.matching.topics import recognised, spoken_of
from registry.choices import Activity

NOTHING = frozenset()
# The same offers are looked at again and again.
_spoken_of = lru_cache(maxsize=50_000)(spoken_of)
_own_name = lru_cache(maxsize=20_000)(lambda name: frozenset(index_terms(name)))


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
        return recognised(self.name) if self.offer_id else {}

    @cached_property
    def spoken(self):
        """Terms of the description, of a card also of its offers; without those of the organisation's own name."""
        found = self.terms.get("d", NOTHING) - _own_name(self.organisation_name)
        return found if self.offer_id else found | self.terms.get("o", NOTHING)

    @cached_property
    def work(self):
        """Codes of the topics that the description speaks of."""
        return _spoken_of(self.spoken)

    @cached_property
    def doubt(self):
        """An offer that says by name what it is, is hardly what its category says besides."""
        return 0.55 if any(sure == 1 for sure, _ in self.named.values()) else 1.0


class Reference(NamedTuple):
    subject: str
    client: str
    year: int
    value: str | None
