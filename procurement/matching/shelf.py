"""All offers at once in memory, for matching many orders: a plan of thousands of items asks the database once."""

import heapq
from collections import Counter

from django.conf import settings

from procurement.matching.candidates import ROWS, Row, candidate_of, near_codes, wanted_topics, words_sought
from registry.sql import fetch

_ALL = """
WITH found AS (
    SELECT offer_id, organisation_id FROM registry_offerentry
    WHERE %(ids)s::bigint[] IS NULL OR organisation_id = ANY(%(ids)s)
    UNION ALL
    SELECT NULL, organisation_id FROM registry_catalogueentry
    WHERE %(ids)s::bigint[] IS NULL OR organisation_id = ANY(%(ids)s)
)
"""
# What the likeliest are picked by, as in procurement.matching.candidates.
NAMED, BESIDE, CODED, WORDED, LEAST = 4, 1, 3, 1, 3


class Shelf:
    """Candidates of these organisations, or of all, each under its words, codes and kinds of work."""

    def __init__(self, organisation_ids=None):
        self.candidates = _read(organisation_ids)
        self._words, self._codes, self._named, self._described, self._pkd = {}, {}, {}, {}, {}
        for number, candidate in enumerate(self.candidates):
            self._put(number, candidate)

    def find(self, need):
        """The likeliest candidates that serve the place of an order, at most MATCHING_TOLD."""
        if need.is_empty:
            return []
        likely = Counter()
        for points, numbers in self._hits(need):
            for number in numbers:
                likely[number] += points
        candidates = self.candidates
        # Less than this comes from a single word, or from a neighbouring kind of work: not worth a letter.
        likely = {number: points for number, points in likely.items() if points >= LEAST}
        if need.serving:
            likely = {n: points for n, points in likely.items() if not need.serving.isdisjoint(candidates[n].serves)}
        allowed = likely
        if need.reserved:
            allowed = (number for number in likely if candidates[number].ground not in ("", "grupy"))
        best = heapq.nlargest(settings.MATCHING_TOLD, allowed, key=likely.__getitem__)
        return [candidates[number] for number in best]

    def _hits(self, need):
        topics = wanted_topics(need)
        for topic in topics:
            yield NAMED, self._named.get(topic.code, ())
            yield BESIDE, self._described.get(topic.code, ())
            yield from ((BESIDE, self._named.get(code, ())) for code in topic.near)
            yield from ((BESIDE, self._pkd.get(symbol, ())) for symbol in topic.pkd)
        codes = {code for topic in topics if not topic.is_strict for code in topic.cpv_numbers}
        yield BESIDE, _together(self._codes, codes)
        yield CODED, _together(self._codes, near_codes(need))
        yield from ((WORDED, _together(self._words, word.terms)) for word in words_sought(need))

    def _put(self, number, candidate):
        strong = candidate.terms.get("o", frozenset())
        named = ()
        if candidate.offer_id:
            strong |= candidate.terms.get("n", frozenset())
            named = candidate.named
        for keys, index in (
            (strong, self._words),
            (candidate.cpv, self._codes),
            (named, self._named),
            (candidate.work, self._described),
            (candidate.pkd, self._pkd),
        ):
            for key in keys:
                index.setdefault(key, []).append(number)


def _together(index, keys):
    found = [index[key] for key in keys if key in index]
    return found[0] if len(found) == 1 else set().union(*found)


def _read(organisation_ids):
    return [candidate_of(row) for row in map(Row._make, fetch(_ALL + ROWS, {"ids": organisation_ids}))]
