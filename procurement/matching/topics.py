"""Kinds of work: what officers and suppliers call by different words, "utrzymanie zieleni" and "koszenie trawników".

Each is a row of data/procurement/topics/*.csv: words and pairs of words in any form, the CPV codes and PKD symbols
that it has, words beside which it is something else, other kinds that its makers do as well or that are sorts of it. "kuchnia?" may be it, or not: such a word counts a half. A code
with a dot is a finer kind of the one before it, "szkolenia.pomoc" of "szkolenia": when both are said it is meant.
A strict one (a bridge, insurance) is done by hardly anybody here, so only an offer that names it counts.
"""

import csv
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from os.path import commonprefix

from django.conf import settings

from core.polish import words
from core.polish.lemmas import terms
from procurement.matching.words import EMPTY, content, forms_of

FILES = settings.BASE_DIR / "data" / "procurement" / "topics"
# How much a code says by the number of digits that it shares with the topic's.
# Words that begin alike by so many letters, and go on by at most so many, are made of one another; a little less sure.
# The second measure is of words that are known, but only beside others.
ALIKE, LONGEST_ENDING, KIN, KIN_OF_KNOWN = 6, 5, 0.8, 0.6
# How much a word says that may mean something else.
DOUBTFUL = 0.5
# And how much one that says what is learned, lent or carried: "przewóz mebli" is no furniture.
GOVERNED = 0.5
# A word that names something else together with the next one says so much less of what it is alone.
TOLD = 0.7
# Words of an offer that stand further from one another do not belong together.
FAR = 9
# And those that stand further than this say it less surely.
CLOSE, DISTANT = 5, 0.8
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
    hits = {}
    for index, word in enumerate(said):
        # What only holds the sentence together does not say where the work is named.
        place = word.position if word.weight > EMPTY else len(text)
        for sure, parts in _parts(word):
            for number, part in parts:
                hit = hits.get(number)
                if hit is None:
                    hits[number] = hit = _Hit()
                hit.take(index, word, part, place, sure, offered)
    hits = {number: hit for number, hit in hits.items() if hit.mask == _phrases()[number][1]}
    told, found, topics = _told(said, hits), {}, {}
    for number, hit in hits.items():
        topic, full, worth = _phrases()[number]
        if topic.but and topic.denied_by(_beside(said, hit.words, found)):
            continue
        sure, first = topics.get(topic.code, (0.0, hit.place))
        share = worth * (hit.shares / full.bit_count()) * (1 if hit.free else GOVERNED)
        if hit.last - hit.start > CLOSE:
            share *= DISTANT
        if hit.words.bit_count() == 1 and told.get(hit.words, {topic.code}) != {topic.code}:
            share *= TOLD
        topics[topic.code] = (max(sure, share), min(first, hit.place))
    return _finest(topics)


class _Hit:
    """What was met of one phrase: its words as bits of the phrase and of the text."""

    __slots__ = ("free", "last", "mask", "place", "shares", "start", "words")

    def __init__(self):
        self.mask, self.words, self.shares, self.free, self.last, self.place, self.start = 0, 0, 0.0, False, 0, None, None

    def take(self, index, word, part, place, sure, offered):
        if self.mask & part:
            return
        if offered and self.mask and word.position - self.last > FAR:
            self.__init__()
        self.mask, self.words, self.last = self.mask | part, self.words | 1 << index, word.position
        self.shares += sure
        self.start = word.position if self.start is None else self.start
        self.free = self.free or not word.is_governed
        self.place = place if self.place is None else min(self.place, place)


def _beside(said, words, known):
    """Terms of all that is said in one breath with these words, given as bits."""
    if words not in known:
        parts = {word.part for index, word in enumerate(said) if words >> index & 1}
        known[words] = frozenset().union(*(word.terms for word in said if word.part in parts))
    return known[words]


def _told(said, hits):
    """{bit of a word: codes of the kinds that it names together with another}: "druk brajlowski" is no printing."""
    told = {}
    for number, hit in hits.items():
        topic, full, _ = _phrases()[number]
        if full.bit_count() == 1:
            continue
        words = [index for index in range(len(said)) if hit.words >> index & 1]
        if len(words) > 1 and all(said[index].weight > EMPTY for index in words):
            for index in words:
                told.setdefault(1 << index, set()).add(topic.code)
    return told


def knows(terms):
    """Whether a word is part of what some kind of work is called."""
    return not terms.isdisjoint(_index())


@cache
def akin(one, other):
    """Whether two kinds of work are neighbours, the one of the other or the other of the one."""
    first, second = all_topics()[one], all_topics()[other]
    return one in second.near or other in first.near or one in second.sorts or other in first.sorts


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
    for term in terms(word.text.lower()):
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
