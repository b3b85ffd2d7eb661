"""Whom a row may mean: parties of the register and earlier rows of the same file, weighed alike."""

from functools import lru_cache
from typing import NamedTuple

from registry.use_cases.imports.fields import IDENTIFIERS
from registry.use_cases.imports.names import LIKELY, SURE_ENOUGH_WITHOUT_PLACE, Name, likeness, name_of


class Candidate(NamedTuple):
    """A party of the register (`number` None) or a row of the file. `card` is None for a party without one.

    `title` is how the register writes the name. `operator` is the id of a unit's operator, or the folded name of one
    that is not in the register yet.
    """

    name: Name
    card: int | None = None
    institution: int | None = None
    number: int | None = None
    title: str = ""
    nip: str = ""
    regon: str = ""
    krs: str = ""
    town: str = ""
    municipality: str | None = None
    county: str | None = None
    legal_form: str | None = None
    kind: str | None = None
    operator: int | str | None = None
    is_unit: bool = False

    @property
    def is_thin(self):
        """At most one identifier: a namesake cannot be told apart by numbers."""
        return bool(self.nip) + bool(self.regon) + bool(self.krs) <= 1


class Verdict(NamedTuple):
    """`same` when there is no doubt, else a likely duplicate; `why` is a Polish reason."""

    same: bool
    likeness: float
    why: str


def candidate_of(values, *, number, name=None, card=None, institution=None, operator=None):
    """A row of the file as a candidate for rows that come after it; `values` are those of a draft."""
    is_unit = bool(values.get("unit"))
    numbers = {} if is_unit else {key: values[key] for key in IDENTIFIERS if key in values}
    return Candidate(
        name=name or name_of(values["name"]),
        card=card,
        institution=institution,
        number=number,
        town=folded_town(values.get("town", "")),
        municipality=values.get("municipality"),
        county=values.get("county"),
        legal_form=values.get("legal_form"),
        kind=values["kind"],
        operator=operator,
        is_unit=is_unit,
        **numbers,
    )


@lru_cache(maxsize=1024)
def folded_town(town):
    """As towns are compared. Many rows share one text."""
    return name_of(town).folded if town else ""


def compare(mine, other):
    """`Verdict` on two candidates, or None when they are not the same."""
    if mine.is_unit != other.is_unit:
        return None
    return _compare_units(mine, other) if mine.is_unit else _compare_institutions(mine, other)


def contradiction(mine, other):
    """The first identifier that both have and that differs, or None."""
    for name in IDENTIFIERS:
        one, two = getattr(mine, name), getattr(other, name)
        if one and two and one != two:
            return name
    return None


def same_place(mine, other):
    """True, False, or None when it cannot be told. Two rows without any place stand in the same nowhere."""
    if mine.municipality and other.municipality:
        return mine.municipality == other.municipality
    if mine.county and other.county and mine.county != other.county:
        return False
    if mine.town and other.town:
        return mine.town == other.town
    if mine.county and other.county:
        return True
    mine_known = mine.town or mine.municipality or mine.county
    other_known = other.town or other.municipality or other.county
    return None if mine_known or other_known else True


def _compare_institutions(mine, other):
    if contradiction(mine, other):
        return None
    place = same_place(mine, other)
    if place is False:
        return None
    if mine.name.folded == other.name.folded:
        if place:
            return Verdict(True, 1.0, "ta sama nazwa i miejscowość")
        return Verdict(False, 1.0, "ta sama nazwa; nie wiadomo, czy to samo miejsce")
    if mine.legal_form and other.legal_form and mine.legal_form != other.legal_form:
        return None
    return _likely(mine, other, place)


def _compare_units(mine, other):
    if mine.kind != other.kind:
        return None
    place = same_place(mine, other)
    if place is False:
        return None
    equal = mine.name.folded == other.name.folded
    if mine.operator is None or other.operator is None:
        if equal and place:
            return Verdict(True, 1.0, "ta sama nazwa i miejscowość jednostki")
        return Verdict(False, 1.0, "ta sama nazwa jednostki") if equal else _likely(mine, other, place)
    if mine.operator != other.operator:
        return Verdict(False, 1.0, "ta sama nazwa jednostki, inny organ prowadzący") if equal and place else None
    found = likeness(mine.name, other.name)
    if equal or (place and found >= LIKELY):
        return Verdict(True, found, "ten sam organ prowadzący i rodzaj, podobna nazwa")
    if place:
        return Verdict(False, found, "ten sam organ prowadzący i rodzaj jednostki w tej samej miejscowości")
    return None


def _likely(mine, other, place):
    found = likeness(mine.name, other.name)
    if place and found >= LIKELY:
        return Verdict(False, found, "podobna nazwa w tej samej miejscowości")
    if place is None and found >= SURE_ENOUGH_WITHOUT_PLACE:
        return Verdict(False, found, "podobna nazwa; nie wiadomo, czy to samo miejsce")
    return None
