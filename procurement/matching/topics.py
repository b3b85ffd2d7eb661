"""Kinds of work: what officers and suppliers call by different words, "utrzymanie zieleni" and "koszenie trawników".

Each is a row of data/procurement/topics/*.csv: words and pairs of words in any form, the CPV codes and PKD symbols
that it has, words beside which it is something else. "kuchnia?" may be it, or not: such a word counts a half. A code
with a dot is a finer kind of the one before it, "szkolenia.pomoc" of "szkolenia": when both are said it is meant.
A strict one (a bridge, insurance) is done by hardly anybody here, so only an offer that names it counts.
"""

import csv
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from os.path import commonprefix

from django.conf import settings

from core.polish import words
from procurement.matching.words import EMPTY, SHORTEST, content, forms_of

FILES = settings.BASE_DIR / "data" / "procurement" / "topics"
# How much a code says by the number of digits that it shares with the topic's.
# Words that begin alike by so many letters, and go on by at most so many, are made of one another; a little less sure.
# The second measure is of words that are known, but only beside others.
ALIKE, LONGEST_ENDING, KIN, KIN_OF_KNOWN = 6, 5, 0.8, 0.6
# How much a word says that may mean something else.
DOUBTFUL = 0.5
# And how much one that says what is learned, lent or carried: "przewóz mebli" is no furniture.
GOVERNED = 0.5
SURE = {2: 0.3, 3: 0.55, 4: 0.8, 5: 0.95, 6: 1.0, 7: 1.0, 8: 1.0}


@dataclass(frozen=True)
class Topic:
    code: str
    label: str
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

    def denied_by(self, found):
        return any(all(word & found for word in phrase) for phrase in self.but)


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


@lru_cache(maxsize=50_000)
def recognised(text, *, offered=False):
    """{code of a topic: (how sure, 0 to 1; at which word it is first spoken of)} of the words of an order, or of what
    is `offered`.

    What is only said of the place or of whom it is for ("pranie dla domów opieki") is less sure.
    """
    said = content(text, offered=offered)
    found = frozenset().union(*(word.terms for word in said))
    hits = {}
    for word in said:
        # What only holds the sentence together does not say where the work is named.
        place = word.position if word.weight > EMPTY else len(text)
        for sure, parts in _parts(word):
            for number, part in parts:
                mask, first, shares, free = hits.get(number, (0, place, 0.0, False))
                if not mask & part:
                    hits[number] = (mask | part, min(first, place), shares + sure, free or not word.is_governed)
    topics = {}
    for number, (mask, place, shares, free) in hits.items():
        topic, full, worth = _phrases()[number]
        if mask != full or topic.denied_by(found):
            continue
        sure, first = topics.get(topic.code, (0.0, place))
        share = worth * (shares / full.bit_count()) * (1 if free else GOVERNED)
        topics[topic.code] = (max(sure, share), min(first, place))
    return _finest(topics)


def knows(terms):
    """Whether a word is part of what some kind of work is called."""
    return not terms.isdisjoint(_index())


def _finest(topics):
    """Without the broad ones of which a finer one was said as well: "szkolenia z pierwszej pomocy"."""
    broad = {}
    for code in topics:
        broader = code.partition(".")[0]
        if broader != code and broader in topics:
            broad[broader] = topics[broader]
    if not broad:
        return topics
    found = {}
    for code, (sure, place) in topics.items():
        if code not in broad:
            most, first = broad.get(code.partition(".")[0], (0.0, place))
            found[code] = (max(sure, most), min(place, first))
    return found


def _parts(word):
    """[(how sure, [(number of a phrase, its word as a bit)])]: of the word itself, and of those it is made of."""
    own = [part for term in word.terms for part in _index().get(term, ())]
    yield word.share, own
    if word.weight > EMPTY and not any(number in _single() for number, _ in own):
        yield word.share * (KIN_OF_KNOWN if own else KIN), _kin(word)


@cache
def _single():
    """Numbers of the phrases of one word."""
    return frozenset(number for number, (_, full, _) in enumerate(_phrases()) if full == 1)


def _kin(word):
    """Phrases of one word that an unknown word seems to be made of: portierski - portier, brukarstwo - brukarski."""
    found = []
    for term in word.terms:
        for other, number in _beginnings().get(term[:ALIKE], ()):
            shared = len(commonprefix([term, other]))
            if max(len(term), len(other)) - shared <= LONGEST_ENDING:
                found.append((number, 1))
    return found


@cache
def _beginnings():
    """{first letters: [(term, number of its phrase)]} of the phrases of one word."""
    found = {}
    for number, phrase in enumerate(phrase for topic in all_topics().values() for phrase in topic.phrases):
        if len(phrase) == 1:
            for term in phrase[0]:
                if len(term) >= ALIKE:
                    found.setdefault(term[:ALIKE], []).append((term, number))
    return found


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
        phrases=_phrases_of(row["words"]),
        doubtful=_doubtful(row["words"]),
        but=_phrases_of(row["but"]),
        cpv=tuple(row["cpv"].split()),
        pkd=tuple(row["pkd"].split()),
        near=tuple(row["near"].split()),
        is_strict=row["is_strict"] == "1",
    )


def _phrases_of(text):
    return tuple(filter(None, map(_phrase_of, text.split("|"))))


def _phrase_of(text):
    return tuple(forms_of(word) for word in words(text.lower()) if len(word) >= SHORTEST)


def _doubtful(text):
    kept = [phrase for phrase in text.split("|") if _phrase_of(phrase)]
    return frozenset(number for number, phrase in enumerate(kept) if phrase.endswith("?"))


@cache
def _phrases():
    """[(Topic, the mask of a whole phrase, how much it says)]."""
    return [
        (topic, (1 << len(phrase)) - 1, DOUBTFUL if number in topic.doubtful else 1.0)
        for topic in all_topics().values()
        for number, phrase in enumerate(topic.phrases)
    ]


@cache
def _index():
    """{term: [(number of a phrase, its word as a bit)]}."""
    index, number = {}, 0
    for topic in all_topics().values():
        for phrase in topic.phrases:
            for place, word in enumerate(phrase):
                for term in word:
                    index.setdefault(term, []).append((number, 1 << place))
            number += 1
    return index
