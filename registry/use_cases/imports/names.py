"""When two names may mean the same organisation."""

import functools
import re
from typing import NamedTuple

from core.polish import fold

_WORDS = re.compile(r"\w+")
# Words that many names share; what is left tells who it is.
_COMMON = frozenset(
    "spoldzielnia spoldzielni spoldz socjalna socjalnej fundacja fundacji stowarzyszenie stowarzyszenia towarzystwo "
    "towarzystwa zwiazek warsztat warsztaty terapii zajeciowej wtz zaklad aktywnosci aktywizacji zawodowej zaz "
    "centrum integracji spolecznej cis klub kis organizacja pozytku publicznego opp na rzecz w we z ze i oraz o do "
    "dla przy im imienia nr siedziba siedzibie sp spolka zoo ograniczona odpowiedzialnoscia non profit ss".split()
)
LIKELY = 0.6
SURE_ENOUGH_WITHOUT_PLACE = 0.8


class Name(NamedTuple):
    """`folded` for equality, `core` (what distinguishes it) for likeness."""

    folded: str
    core: str


def name_of(text):
    words = _WORDS.findall(fold(text))
    folded = " ".join(words)[:400]
    core = " ".join(word for word in words if word not in _COMMON)[:400]
    return Name(folded, core or folded)


def likeness(one, other):
    """0 to 1, as pg_trgm counts it on the distinguishing words; 0 when a number differs ("WTZ nr 1", "WTZ nr 2")."""
    if one.core == other.core:
        return 1.0
    mine, theirs = trigrams(one.core), trigrams(other.core)
    shared = len(mine & theirs)
    found = shared / (len(mine) + len(theirs) - shared)
    return found if found < LIKELY or numbers(one.folded) == numbers(other.folded) else 0.0


def numbers(folded):
    """Numbers in a name, in order of size as text: what tells "WTZ nr 1" from "WTZ nr 2"."""
    return tuple(sorted(word for word in folded.split() if word.isdigit()))


@functools.lru_cache(maxsize=1024)
def trigrams(text):
    return frozenset(
        padded[start : start + 3]
        for word in text.split()
        for padded in [f"  {word} "]
        for start in range(len(padded) - 2)
    )
