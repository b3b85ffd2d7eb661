"""How well an offer fits an order, 0 to 1. Nothing here asks the database; the weights stand in settings.MATCHING."""

from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from django.conf import settings

from core.polish import index_terms
from procurement.matching.kinds import akin, all_topics
from procurement.matching.topics import recognised
from registry.choices import Activity

# By the digits that the codes of order and offer share, when both go on differently; and when the offer's own code
# ends there, so that it covers all that lies below.
SHARED = {2: 0.08, 3: 0.4, 4: 0.6, 5: 0.75, 6: 0.85, 7: 0.95, 8: 1.0}
COVERS = {2: 0.15, 3: 0.6, 4: 0.85, 5: 0.95, 6: 1.0, 7: 1.0, 8: 1.0}
# The year counts of data that somebody has confirmed; the others are as old as they can be.
FRESH_DAYS = 365
NOTHING = frozenset()
# The least weight of a word that says by itself what is wanted.
NAMING = 0.9


class Score(NamedTuple):
    """`fit` is how well the work fits, `total` the order in which it is shown. The rest is for saying why."""

    total: float
    fit: float
    cpv: float = 0.0
    words: float = 0.0
    topics: dict = MappingProxyType({})
    is_served: bool = True


def score(need, candidate, *, today, least=0.0):
    """The Score, or None for what is not to be suggested, or fits less than `least`."""
    weights = settings.MATCHING
    fit, parts = _fit(need, candidate, weights)
    if fit < weights["least"] or fit < least:
        return None
    served, near = _place(need, candidate, weights)
    total = fit * near
    if need.reserved:
        total *= weights["ground"].get(candidate.ground, 0)
    if candidate.activity == Activity.INACTIVE:
        total *= weights["inactive"]
    total *= 1 - weights["standing"] * (1 - _standing(need, candidate, weights, today))
    return Score(total=round(total, 4), fit=fit, is_served=served, **parts)


def _place(need, candidate, weights):
    """(whether the place is served, how near): who names the county comes a little before who serves the country."""
    if not need.serving:
        return True, 1.0
    if need.serving.isdisjoint(candidate.serves):
        return False, weights["elsewhere"]
    widths = need.widths
    return True, weights["near_by"].get(max(widths[code] for code in need.serving & candidate.serves), 1.0)


def _fit(need, candidate, weights):
    topics = topics_of(need, candidate, weights)
    sure = max(topics.values()) if topics else 0.0
    by_topic = 0.65 * sure + 0.35 * sum(topics.values()) / need.all_topics if topics else 0.0
    by_code = 0.0 if candidate.is_beside_offers else cpv_likeness(need, candidate)
    by_words = word_share(need, candidate, weights)
    parts = {"cpv": by_code, "words": by_words, "topics": topics}
    if candidate.offer_id and not candidate.is_confirmed:
        by_code *= weights["unconfirmed_cpv"]
        if candidate.doubt < 1 and need.main_topic >= 0.75 and not _is_named(need, candidate):
            # A program took the offer for something that its name does not say.
            by_code *= weights["doubted_cpv"]
    if need.is_strict and sure < 0.95 and by_code < 0.75:
        return 0.0, parts
    if need.main_topic >= 0.75 and sure < 0.3:
        # The words are those of some other work.
        by_words *= 0.5 if by_code < 0.6 else 0.8
    if not need.topics and by_code < 0.4:
        # Nothing is known of this kind of work: the word that names it has to stand in the offer's own name.
        by_words = max(by_words, weights["head"]) if _head_is_named(need, candidate) else by_words * 0.4
    if by_code < 0.1 and need.cpv and candidate.cpv and candidate.is_confirmed and not candidate.is_beside_offers:
        # Both say what they mean, and it is not the same.
        by_words, by_topic = by_words * 0.85, by_topic * 0.85
    if candidate.is_beside_offers:
        by_words, by_topic = by_words * weights["card"], by_topic * weights["card"]
    missing = (1 - weights["cpv"] * by_code) * (1 - weights["words"] * by_words) * (1 - weights["topics"] * by_topic)
    return 1 - missing, parts


def topics_of(need, candidate, weights):
    """{code of a topic of the order: how much of it the offer is}."""
    found, known = {}, candidate.known
    for code, sure in need.topics.items():
        if code not in known:
            known[code] = _part(all_topics()[code], candidate, weights)
        if known[code]:
            found[code] = known[code] * sure
    return found


def _part(topic, candidate, weights):
    """How much of this kind of work an offer is, 0 to 1."""
    mine = candidate.named[topic.code][0] if topic.code in candidate.named else 0.0
    return mine if topic.is_strict or mine >= 0.9 else max(mine, _otherwise(topic, candidate, weights))


def _is_named(need, candidate):
    """Whether the name of the offer says that it is what the order asks for first."""
    named = candidate.named
    return any(named[code][0] * sure >= 0.6 * need.main_topic for code, sure in need.topics.items() if code in named)


def _otherwise(topic, candidate, weights):
    """How much of this kind of work an offer is that does not say so by its name."""
    mine = 0.0
    if topic.code in candidate.work:
        mine = _described(topic, candidate, weights) * candidate.work[topic.code][0]
    if mine < 0.6:
        other = 0.6 if _has_pkd(topic, candidate) else 0.0
        if not candidate.is_beside_offers:
            other = max(other, 0.6 * topic.by_parents(candidate.cpv))
        mine = max(mine, other * candidate.doubt)
    for code, (alike, _) in candidate.named.items():
        if code in topic.sorts:
            mine = max(mine, weights["sort"] * alike)
        elif code in topic.near:
            mine = max(mine, weights["finer" if code in topic.finer else "near"] * alike)
    if candidate.offer_id and mine < weights["near"] and (candidate.is_figurative or candidate.doubt == 1):
        others = [alike for code, (alike, _) in candidate.work.items() if code in topic.sorts or code in topic.near]
        mine = max([mine, *(weights["near"] * alike for alike in others)])
    return mine


def _described(topic, candidate, weights):
    """How much a description says: the more, the less the name does, or when it goes on with what the name begins."""
    if not candidate.offer_id:
        return weights["described_on_card"]
    if candidate.doubt == 1 or candidate.is_figurative or topic.code in candidate.named:
        return weights["described_alone"]
    beside = any(sure >= 0.75 and akin(code, topic.code) for code, (sure, _) in candidate.named.items())
    return weights["described_akin" if beside else "described"]


def cpv_likeness(need, candidate):
    """How near the nearest code of the offer is to one of the order."""
    best = 0.0
    for parents in need.parents.values():
        shared = next((code for code in parents if code in candidate.cpv), None)
        if shared is None:
            continue
        digits = max(len(str(shared).zfill(8).rstrip("0")), 2)
        broad = shared == parents[0] or _is_last(shared, digits, candidate.cpv)
        best = max(best, (COVERS if broad else SHARED)[digits])
    return best


def word_share(need, candidate, weights):
    """Which part of the order's words, by weight, stands in the offer; what stands in its name counts whole."""
    terms = candidate.terms
    place, labels, name, spoken = (
        terms.get("p", NOTHING),
        terms.get("o", NOTHING),
        terms.get("n", NOTHING),
        candidate.spoken,
    )
    labelled = weights["labels"]
    if candidate.offer_id is None:
        # The name of an organisation seldom says what it does: a laundry may be called "Most".
        name, labels = NOTHING, NOTHING
    met = total = 0.0
    for word in need.words:
        sought = word.terms
        if not sought.isdisjoint(name):
            met += word.weight * weights["name"]
        elif not sought.isdisjoint(labels):
            met += word.weight * labelled
        elif not sought.isdisjoint(spoken):
            met += word.weight * weights["description"]
        elif not sought.isdisjoint(place):
            # Where it is done, not what: it counts neither way.
            continue
        total += word.weight
    return met / total if total else 0.0


def has_same_code(need, candidate):
    """Whether a code of the order is one of the offer's own, and not only one above or below it."""
    return any(
        parents[0] in candidate.cpv and _is_last(parents[0], len(code.rstrip("0")), candidate.cpv)
        for code, parents in need.parents.items()
    )


def references_for(need, candidate):
    """Those that speak of the same work; of work that no topic knows, with its own words."""
    if need.topics:
        return [one for one in candidate.references if need.topics.keys() & recognised(one.subject)]
    said = frozenset().union(*(word.terms for word in need.words if word.weight >= NAMING))
    return [one for one in candidate.references if not said.isdisjoint(index_terms(one.subject))]


def _head_is_named(need, candidate):
    """Whether the first word that counts names the offer, and nothing beside it makes it some other work:
    "ochrona środowiska" is not what guards do."""
    head = next((word for word in need.words if word.weight >= NAMING), None)
    if not (head and candidate.offer_id and head.terms & candidate.terms.get("n", NOTHING)):
        return False
    said = frozenset().union(*(word.terms for word in need.words))
    return not any(all_topics()[code].denied_by(said) for code in candidate.named)


def _is_last(code, digits, cpv):
    """Whether none of the codes goes on where this one ends."""
    step = 10 ** (8 - digits)
    return not any(code < other < code + step for other in cpv)


def _has_pkd(topic, candidate):
    return bool(candidate.pkd) and any(symbol in candidate.pkd for symbol in topic.pkd)


def _standing(need, candidate, weights, today):
    """What speaks for an organisation whatever the work: status, mark, references, fresh data, size; 0 to 1."""
    good = weights["ps"] * candidate.ps + weights["mark"] * candidate.mark
    if candidate.references:
        good += weights["references"] * min(len(references_for(need, candidate)), 2) / 2
    if candidate.verified_on:
        good += weights["freshness"] * max(0.0, 1 - (today - candidate.verified_on).days / (2 * FRESH_DAYS))
    return good + weights["capacity"] * _capacity(need, candidate)


def _capacity(need, candidate):
    """Whether somebody has done, or is large enough for, an order of this value."""
    if need.value is None:
        return 1.0 if candidate.capacity else 0.5
    if any(done.value and Decimal(done.value) * 3 >= need.value for done in references_for(need, candidate)):
        return 1.0
    people = {"1-9": 300_000, "10-49": 1_500_000, "50-249": 10_000_000, "250+": 10**9}.get(candidate.employees, 0)
    return 0.7 if people >= need.value else 0.2
