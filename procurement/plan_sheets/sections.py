"""Rows between the items that speak for those below: "1. Roboty budowlane", "II. … równe progom unijnym"."""

import re
from dataclasses import dataclass

from procurement.choices import Band, Nature
from procurement.plan_sheets.natures import nature
from registry.spreadsheets.repairs.text import fold

_NUMBERING = re.compile(r"^\s*(?:[IVX]{1,5}|[A-Za-z]|\d{1,2}(?:\.\d{1,2})*)[.):]?\s+(?=\S)|^\s*[-–•]\s*")
# Words that make a title of a nature; anything else in the row makes it an item.
_FILLING = re.compile(
    r"\b(?:zamowieni[ae]?|na|wykonanie|plan|planowane|rodzaj|oraz|inne|i|szczegolne|spoleczne|w zakresie|tabela|nr|"
    r"czesc|razem)\b|\d"
)
_EU = re.compile(
    r"\b(?:rown\w+|przekracza\w*|powyzej|wyzsz\w+)\b.*\bprog\w* unijn\w*|\bprog\w* unijn\w* (?:lub|i) (?:wyzsz|przekr)"
)
_NATIONAL = re.compile(r"\b(?:mniejsz\w+|ponizej|nizsz\w+)\b.*\bprog\w* unijn\w*")
_BELOW = re.compile(
    r"\bpodprogow\w*|\bponizej (?:progu stosowania ustawy|progu ustawy|1[37]0 000)|\bbez stosowania ustawy"
)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Section:
    nature: Nature | None = None
    is_social: bool = False
    band: Band | None = None

    def __or__(self, other):
        """This section under `other`, a title that comes after it. Another table begins its kinds anew."""
        if other.band:
            return other
        return Section(other.nature, other.is_social, self.band)


def section(text):
    """The Section that a lone text of a row begins, or None of any other text."""
    if len(text) > _LONGEST:
        return None
    words = fold(text)
    band = _band(words)
    plain = fold(_NUMBERING.sub("", text))
    found = nature(plain).value if plain else None
    if found and not band and _is_more(plain):
        return None
    if not found and not band:
        return None
    return Section(found.nature if found else None, bool(found and found.is_social), band)


def _band(words):
    for band, pattern in ((Band.NATIONAL, _NATIONAL), (Band.EU, _EU), (Band.BELOW, _BELOW)):
        if pattern.search(words):
            return band
    return None


def _is_more(words):
    """Whether there is more than the name of a nature: "Usługi pocztowe" is an item, "Usługi:" a title."""
    rest = re.sub(r"\b(?:robot[ay]?|budowlan[a-z]*|dostaw[a-z]*|uslug[a-z]*|r|d|u|rb)\b", " ", words)
    return bool(_FILLING.sub(" ", rest).split())
