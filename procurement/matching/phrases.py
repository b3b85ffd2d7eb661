"""Which phrases of the kinds of work a word may belong to."""

from collections import Counter
from functools import cache, lru_cache
from os.path import commonprefix

from core.polish.lemmas import terms
from procurement.matching.kinds import all_topics

# Words that begin alike by so many letters, and go on by at most so many, are made of one another; a little less sure.
# The second measure is of words that are known, but only beside others.
ALIKE, LONGEST_ENDING, KIN, KIN_OF_KNOWN = 6, 5, 0.8, 0.6
# How much a word says that may mean something else.
DOUBTFUL = 0.5


def knows(terms):
    """Whether a word is part of what some kind of work is called."""
    return not terms.isdisjoint(_index())


@lru_cache(maxsize=50_000)
def of_word(known, text, tells):
    """([(number of a phrase of this word alone, how sure)], [(number of one that it begins, its other words)])."""
    alone = dict.fromkeys((number for term in known for number in _single().get(term, ())), 1.0)
    if not alone and tells:
        alone = dict.fromkeys(_kin(text), KIN if known.isdisjoint(_index()) else KIN_OF_KNOWN)
    begun = dict.fromkeys(number for term in known for number in _rarest().get(term, ()))
    return tuple(alone.items()), tuple((number, _others(number, known)) for number in begun)


def _others(number, known):
    phrase = phrases()[number][1]
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


@cache
def phrases():
    """[(Topic, its words as sets, how much it says)]."""
    return [
        (topic, phrase, DOUBTFUL if number in topic.doubtful else 1.0)
        for topic in all_topics().values()
        for number, phrase in enumerate(topic.phrases)
    ]


@cache
def _index():
    """{term: how many phrases it stands in}."""
    return Counter(term for _, phrase, _ in phrases() for word in phrase for term in word)


@cache
def _single():
    """{term: [number of a phrase that is this word alone]}."""
    return _by_term((number, phrase[0]) for number, (_, phrase, _) in enumerate(phrases()) if len(phrase) == 1)


@cache
def _rarest():
    """{term: [number of a phrase of several words, of which this one stands in fewest others]}."""
    seldom = lambda word: max(_index()[term] for term in word)  # noqa: E731
    return _by_term((number, min(phrase, key=seldom)) for number, (_, phrase, _) in enumerate(phrases()) if phrase[1:])


def _by_term(words):
    found = {}
    for number, word in words:
        for term in word:
            found.setdefault(term, []).append(number)
    return found
