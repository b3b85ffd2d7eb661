"""Kinds of work: what officers and suppliers call by different words, "utrzymanie zieleni" and "koszenie trawników".

Each is a row of data/procurement/topics.csv: words and pairs of words in any form, the CPV codes and PKD symbols that
it has, words beside which it is something else. A strict one (a bridge, insurance) is done by hardly anybody here, so
only an offer that names it counts.
"""

import csv
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from os.path import commonprefix

from django.conf import settings

from core.polish import words
from procurement.matching.words import EMPTY, SHORTEST, content, forms_of

FILE = settings.BASE_DIR / "data" / "procurement" / "topics.csv"
# How much a code says by the number of digits that it shares with the topic's.
# Words that begin alike by so many letters, and go on by at most so many, are made of one another; a little less sure.
ALIKE, LONGEST_ENDING, KIN = 6, 5, 0.8
SURE = {2: 0.3, 3: 0.55, 4: 0.8, 5: 0.95, 6: 1.0, 7: 1.0, 8: 1.0}


@dataclass(frozen=True)
class Topic:
    code: str
    label: str
    # Each a tuple of sets: a word of the text for every set, in any order.
    phrases: tuple
    but: tuple
    # Beginnings of codes, and the same as the numbers of registry.codes.cpv_parents.
    cpv: tuple
    pkd: tuple
    # Codes of topics whose makers often do this as well.
    near: tuple
    is_strict: bool

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
    """{code: Topic} in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: _topic(row) for row in csv.DictReader(lines)}


@lru_cache(maxsize=50_000)
def recognised(text):
    """{code of a topic: (how sure, 0 to 1; at which word it is first spoken of)} of the words of an order or an offer.

    What is only said of the place or of whom it is for ("pranie dla domów opieki") is half as sure.
    """
    said = content(text)
    found = frozenset().union(*(word.terms for word in said))
    hits = {}
    for word in said:
        parts = [part for term in word.terms for part in _index().get(term, ())]
        sure = word.share
        if not parts and word.weight > EMPTY:
            parts, sure = _kin(word), word.share * KIN
        for number, part in parts:
            mask, place, share = hits.get(number, (0, word.position, sure))
            hits[number] = (mask | part, place, max(share, sure))
    topics = {}
    for number, (mask, place, share) in hits.items():
        topic, full = _phrases()[number]
        if mask != full or topic.denied_by(found):
            continue
        sure, first = topics.get(topic.code, (0.0, place))
        topics[topic.code] = (max(sure, share), min(first, place))
    return topics


def spoken_of(found):
    """Codes of the topics of which some phrase stands in a set of terms, in no order of words."""
    hits = {}
    for term in found:
        for number, part in _index().get(term, ()):
            hits[number] = hits.get(number, 0) | part
    phrases = _phrases()
    topics = {phrases[number][0].code for number, mask in hits.items() if mask == phrases[number][1]}
    return frozenset(code for code in topics if not all_topics()[code].denied_by(found))


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
        but=_phrases_of(row["but"]),
        cpv=tuple(row["cpv"].split()),
        pkd=tuple(row["pkd"].split()),
        near=tuple(row["near"].split()),
        is_strict=row["is_strict"] == "1",
    )


def _phrases_of(text):
    phrases = (
        tuple(forms_of(word) for word in words(phrase.lower()) if len(word) >= SHORTEST) for phrase in text.split("|")
    )
    return tuple(filter(None, phrases))


@cache
def _phrases():
    """[(Topic, the mask of a whole phrase)]."""
    return [(topic, (1 << len(phrase)) - 1) for topic in all_topics().values() for phrase in topic.phrases]


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
