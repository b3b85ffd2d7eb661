"""The kinds of work as their files tell of them: data/procurement/topics/*.csv."""

import csv
from dataclasses import dataclass, replace
from functools import cache, cached_property

from django.conf import settings

from core.polish import words
from procurement.matching.words import forms_of

FILES = settings.BASE_DIR / "data" / "procurement" / "topics"
# How much a code says by the number of digits that it shares with the topic's.
SURE = {2: 0.3, 3: 0.55, 4: 0.8, 5: 0.95, 6: 1.0, 7: 1.0, 8: 1.0}


@dataclass(frozen=True)
class Topic:
    code: str
    label: str
    # The phrases as they are written.
    written: tuple
    # Each a tuple of sets: a word of the text for every set, in any order.
    phrases: tuple
    # Numbers of the phrases that may mean something else.
    doubtful: frozenset
    but: tuple
    # Beginnings of codes, and the same as the numbers of registry.codes.cpv_parents.
    cpv: tuple
    pkd: tuple
    # Codes of topics whose makers often do this as well.
    near: tuple
    # Codes of topics that are a way of doing it: a gift may be of glass or clay.
    sorts: frozenset
    is_strict: bool

    @property
    def is_finer(self):
        return "." in self.code

    @cached_property
    def finer(self):
        """Codes of its finer kinds."""
        return frozenset(code for code in self.near if code.startswith(f"{self.code}."))

    @cached_property
    def cpv_numbers(self):
        """{number of a code as entries keep it: how much it says}."""
        return {int(start.ljust(8, "0")): SURE[len(start)] for start in self.cpv}

    def by_code(self, code8):
        """How surely a CPV code of eight digits means this kind of work, 0 to 1."""
        return max((_likeness(start, code8) for start in self.cpv), default=0.0)

    def by_parents(self, cpv):
        """The same of a set of codes with all their parents, as entries keep them."""
        return max((sure for number, sure in self.cpv_numbers.items() if number in cpv), default=0.0)

    @cached_property
    def _denying(self):
        """(terms that deny it alone, phrases of several words that do)."""
        alone = frozenset().union(*(phrase[0] for phrase in self.but if len(phrase) == 1))
        return alone, [phrase for phrase in self.but if len(phrase) > 1]

    def denied_by(self, found):
        alone, phrases = self._denying
        return not alone.isdisjoint(found) or any(all(word & found for word in phrase) for phrase in phrases)


@cache
def all_topics():
    """{code: Topic} in the order of the files."""
    rows = []
    for file in sorted(FILES.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            rows += csv.DictReader(lines)
    topics = {row["code"]: _topic(row) for row in rows}
    for code, topic in topics.items():
        broader = [topics[code.partition(".")[0]].code] if topic.is_finer else []
        finer = [other for other in topics if other.startswith(f"{code}.")]
        topics[code] = replace(topic, near=tuple(dict.fromkeys([*broader, *finer, *topic.near])))
    return topics


@cache
def akin(one, other):
    """Whether two kinds of work are neighbours, the one of the other or the other of the one."""
    first, second = all_topics()[one], all_topics()[other]
    return one in second.near or other in first.near or one in second.sorts or other in first.sorts


def _likeness(start, code8):
    if code8.startswith(start):
        return SURE[len(start)]
    broad = code8.rstrip("0")
    # "90000000" may be this, or anything else of the environment.
    return SURE[max(len(broad), 2)] * 0.6 if start.startswith(broad) else 0.0


def _topic(row):
    return Topic(
        code=row["code"],
        label=row["label"],
        written=tuple(row["words"].split("|")),
        phrases=_phrases_of(row["words"]),
        doubtful=_doubtful(row["words"]),
        but=_phrases_of(row["but"]),
        cpv=tuple(row["cpv"].split()),
        pkd=tuple(row["pkd"].split()),
        near=tuple(row["near"].split()),
        sorts=frozenset(row["sorts"].split()),
        is_strict=row["is_strict"] == "1",
    )


def _phrases_of(text):
    return tuple(filter(None, map(_phrase_of, text.split("|"))))


def _phrase_of(text):
    return tuple(forms_of(word) for word in words(text.lower()))


def _doubtful(text):
    kept = [phrase for phrase in text.split("|") if _phrase_of(phrase)]
    return frozenset(number for number, phrase in enumerate(kept) if phrase.endswith("?"))
