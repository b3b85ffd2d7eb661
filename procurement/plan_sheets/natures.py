"""What is bought: works, supplies or services, in the words of plans and of the sections between their rows."""

import re
from typing import NamedTuple

from procurement.choices import Nature
from procurement.plan_sheets.outcome import EMPTY, Cleaned, refused
from registry.spreadsheets.repairs.text import fold, means_nothing

_STEMS = {
    Nature.WORKS: re.compile(r"\b(?:robot[ay]?|rob|budowlan[a-z]*|rb)\b"),
    Nature.SUPPLIES: re.compile(r"\b(?:dostaw[a-z]*|dost)\b"),
    Nature.SERVICES: re.compile(r"\b(?:uslug[a-z]*|usl)\b"),
}
_EXACT = {
    "r": Nature.WORKS, "d": Nature.SUPPLIES, "u": Nature.SERVICES,
    "works": Nature.WORKS, "supplies": Nature.SUPPLIES, "goods": Nature.SUPPLIES, "services": Nature.SERVICES,
}  # fmt: skip
_SOCIAL = re.compile(r"\buslug[a-z]* spoleczn[a-z]*|\binne szczegolne uslugi|\bart 359\b")


class Kind(NamedTuple):
    nature: Nature
    is_social: bool = False


def nature(text):
    """Cleaned Kind. A mixed order is for a person: its main object decides (art. 27 PZP)."""
    if means_nothing(text):
        return EMPTY
    words = fold(text)
    if words in _EXACT:
        return Cleaned(Kind(_EXACT[words]))
    found = [one for one, stem in _STEMS.items() if stem.search(words)]
    if len(found) > 1:
        return refused("podano kilka rodzajów zamówienia; wybierz ten, który przeważa")
    if not found:
        return refused("to nie jest rodzaj zamówienia: roboty budowlane, dostawy albo usługi")
    return Cleaned(Kind(found[0], found[0] == Nature.SERVICES and bool(_SOCIAL.search(words))))


def of_number(number):
    """The nature that the middle of "1.3.6" tells, or None."""
    parts = number.split(".")
    if len(parts) == 3 and parts[1] in ("1", "2", "3"):
        return list(Nature)[int(parts[1]) - 1]
    return None
