"""Kinds of work: what officers and suppliers call by different words, "utrzymanie zieleni" and "koszenie trawników".

Each is a row of data/procurement/topics/*.csv: words and pairs of words in any form, the CPV codes and PKD symbols
that it has, words beside which it is something else, other kinds that its makers do as well, and those that are sorts
of it. "kuchnia?" may be it, or not: such a word counts a half. A code with a dot is a finer kind of the one before it,
"szkolenia.pomoc" of "szkolenia": when both are said it is meant. A strict one (a bridge, insurance) is done by hardly
anybody here, so only an offer that names it counts.
"""

from functools import lru_cache

from procurement.matching.phrases import of_word, phrases
from procurement.matching.words import EMPTY, content

# How much of a word counts that says what is learned, lent or carried: "przewóz mebli" is no furniture.
GOVERNED = 0.5
# How far the word of a phrase that says the work stands for those that say of what or for whom.
OWN = 0.8
# A word that names something else together with the next one says so much less of what it is alone.
TOLD = 0.7
# Words of an offer that stand further from one another do not belong together, and those that stand further than the
# second say it less surely.
FAR, CLOSE, DISTANT = 9, 5, 0.8


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
        topic, parts, worth = phrases()[number]
        if topic.but and topic.denied_by(_beside(said, where, found)):
            continue
        words = [said[index] for index in where]
        shares = [word.share for word in words]
        # "Animacje dla dzieci": for whom it is belongs to the name of it.
        share = worth * sure * (OWN * max(shares) + (1 - OWN) * min(shares))
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
        alone, begun = of_word(word.terms, word.text, word.weight > EMPTY)
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
                told.setdefault(index, set()).add(phrases()[number][0].code)
    return told


def _beside(said, where, known):
    """Terms of all that is said in one breath with these words."""
    parts = frozenset(said[index].part for index in where)
    if parts not in known:
        known[parts] = frozenset().union(*(word.terms for word in said if word.part in parts))
    return known[parts]


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
