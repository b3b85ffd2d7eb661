"""Kinds of work: what officers and suppliers call by different words, "utrzymanie zieleni" and "koszenie trawników".

Each is a row of data/procurement/topics/*.csv: words and pairs of words in any form, the CPV codes and PKD symbols
that it has, words beside which it is something else, other kinds that its makers do as well or that are sorts of it. "kuchnia?" may be it, or not: such a word counts a half. A code
with a dot is a finer kind of the one before it, "szkolenia.pomoc" of "szkolenia": when both are said it is meant.
A strict one (a bridge, insurance) is done by hardly anybody here, so only an offer that names it counts.
"""

import csv
from collections import Counter
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


@lru_cache(maxsize=50_000)
def recognised(text, *, offered=False):
    """{code of a topic: (how sure, 0 to 1; at which word it is first spoken of)} of the words of an order, or of what
    is `offered`.

    What is only said of the place or of whom it is for ("pranie dla domów opieki") is less sure.
    """
    said = content(text, offered=offered)
    hits = _hits(said, offered)
    told, found, topics = _told(said, hits), {}, {}
    for number, sure, where in hits:
        topic, parts, worth = _phrases()[number]
        if topic.but and topic.denied_by(_beside(said, where, found)):
            continue
        words = [said[index] for index in where]
        share = worth * sure * sum(word.share for word in words) / len(words)
        if all(word.is_governed for word in words):
            share *= GOVERNED
        if words[-1].position - words[0].position > CLOSE:
            share *= DISTANT
        if len(parts) == 1 and told.get(where[0], {topic.code}) != {topic.code}:
            share *= TOLD
        # What only holds the sentence together does not say where the work is named.
        place = min((word.position for word in words if word.weight > EMPTY), default=len(text))
        most, first = topics.get(topic.code, (0.0, place))
        topics[topic.code] = (max(most, share), min(first, place))
    return _finest(topics)


def _hits(said, offered):
    """[(number of a phrase, how surely its words are met, indexes of the words)]."""
    where, hits = {}, []
    for index, word in enumerate(said):
        for term in word.terms:
            where.setdefault(term, []).append(index)
    known = frozenset(where)
    for index, word in enumerate(said):
        alone, begun = _of_word(word.terms, word.text, word.weight > EMPTY)
        hits += [(number, sure, (index,)) for number, sure in alone]
        for number, others in begun:
            # Most of them end here.
            if others[0].isdisjoint(known):
                continue
            met = _completed(index, others, where, said)
            if met and not (offered and said[met[-1]].position - said[met[0]].position > FAR):
                hits.append((number, 1.0, met))
    return hits


def _completed(index, others, where, said):
    """Indexes of the words of a phrase of which one is met, the others as near to it as can be; None without them."""
    met = {index}
    for part in others:
        at = [other for term in part if term in where for other in where[term]]
        if not at:
            return None
        met.add(at[0] if len(at) == 1 else min(at, key=lambda other: abs(said[other].position - said[index].position)))
    return tuple(sorted(met))


def _told(said, hits):
    """{index of a word: codes of the kinds that it names together with another}: "druk brajlowski" is no printing."""
    told = {}
    for number, _, where in hits:
        if len(where) > 1 and all(said[index].weight > EMPTY for index in where):
            for index in where:
                told.setdefault(index, set()).add(_phrases()[number][0].code)
    return told


def _beside(said, where, known):
    """Terms of all that is said in one breath with these words."""
    parts = frozenset(said[index].part for index in where)
    if parts not in known:
        known[parts] = frozenset().union(*(word.terms for word in said if word.part in parts))
    return known[parts]


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


@lru_cache(maxsize=50_000)
def _of_word(known, text, tells):
    """([(number of a phrase of this word alone, how sure)], [(number of a phrase that it begins, its other words)])."""
    alone = dict.fromkeys((number for term in known for number in _single().get(term, ())), 1.0)
    if not alone and tells:
        alone = dict.fromkeys(_kin(text), KIN if known.isdisjoint(_index()) else KIN_OF_KNOWN)
    begun = dict.fromkeys(number for term in known for number in _rarest().get(term, ()))
    return tuple(alone.items()), tuple((number, _others(number, known)) for number in begun)


def _others(number, known):
    phrase = _phrases()[number][1]
    met = next(place for place, word in enumerate(phrase) if word & known)
    return phrase[:met] + phrase[met + 1 :]


def _kin(text):
    """Phrases of one word that an unknown word seems to be made of: portierski - portier, brukarstwo - brukarski."""
    found = []
    for term in terms(text.lower()):
        for other, number in _beginnings().get(term[:ALIKE], ()):
            shared = len(commonprefix([term, other]))
            if max(len(term), len(other)) - shared <= LONGEST_ENDING:
                found.append(number)
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
    """[(Topic, its words as sets, how much it says)]."""
    return [
        (topic, phrase, DOUBTFUL if number in topic.doubtful else 1.0)
        for topic in all_topics().values()
        for number, phrase in enumerate(topic.phrases)
    ]


@cache
def _index():
    """{term: how many phrases it stands in}."""
    return Counter(term for _, phrase, _ in _phrases() for word in phrase for term in word)


@cache
def _single():
    """{term: [number of a phrase that is this word alone]}."""
    return _by_term((number, phrase[0]) for number, (_, phrase, _) in enumerate(_phrases()) if len(phrase) == 1)


@cache
def _rarest():
    """{term: [number of a phrase of several words, of which this one stands in fewest others]}."""
    seldom = lambda word: max(_index()[term] for term in word)  # noqa: E731
    return _by_term((number, min(phrase, key=seldom)) for number, (_, phrase, _) in enumerate(_phrases()) if phrase[1:])


def _by_term(words):
    found = {}
    for number, word in words:
        for term in word:
            found.setdefault(term, []).append(number)
    return found
