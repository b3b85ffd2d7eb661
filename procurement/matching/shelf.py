"""All offers at once in memory, for matching many orders: a plan of thousands of items asks the database once.

Cards stand here only for those who have made no offer: nobody is written to for a word of a description.
"""

import heapq
from collections import Counter

from django.conf import settings
from django.utils import timezone

from core.memory import no_collecting
from procurement.matching.candidates import near_codes, wanted_topics, words_sought
from procurement.matching.reading import ROWS, Row, candidate_of
from registry.sql import fetch

_ALL = """
WITH found AS (
    SELECT offer_id, organisation_id FROM registry_offerentry
    WHERE %(ids)s::bigint[] IS NULL OR organisation_id = ANY(%(ids)s)
    UNION ALL
    SELECT NULL, organisation_id FROM registry_catalogueentry card
    WHERE (%(ids)s::bigint[] IS NULL OR organisation_id = ANY(%(ids)s))
      AND NOT EXISTS (SELECT FROM registry_offerentry offer WHERE offer.organisation_id = card.organisation_id)
)
"""
# What the likeliest are picked by, as in procurement.matching.candidates.
NAMED, SORT, BESIDE, CODED = 4, 3, 1, 3
# Less comes from a single word, or from a neighbouring kind of work: not worth a letter.
LEAST = 3


class Shelf:
    """Candidates of these organisations, or of all, each under its words, codes and kinds of work."""

    def __init__(self, organisation_ids=None):
        self._words, self._codes, self._named, self._described, self._pkd = {}, {}, {}, {}, {}
        with no_collecting():
            self.candidates = _read(organisation_ids)
            for number, candidate in enumerate(self.candidates):
                self._put(number, candidate)
        self._serving, self._counted = {}, {}

    def find(self, need):
        """The likeliest candidates that may do it there, at most MATCHING_TOLD."""
        if need.is_empty:
            return []
        points = self._of_kind(need)
        allowed = self._allowed(need)
        for word in words_sought(need):
            numbers = _together(self._words, word.terms)
            points.update(numbers if allowed is None else numbers & allowed)
        return [self.candidates[number] for number in _likeliest(points, need.lot)]

    def _of_kind(self, need):
        """Counter of the points that the kinds of work and the codes bring: of a plan many items are of one kind."""
        topics, allowed = wanted_topics(need), self._allowed(need)
        key = (tuple(topic.code for topic in topics), need.cpv, need.area, need.reserved)
        if key not in self._counted:
            points = self._counted[key] = Counter()
            for worth, numbers in self._hits(need, topics):
                here = numbers if allowed is None else numbers & allowed
                # Counted by the library, which is twenty times as fast as adding up.
                for _ in range(worth):
                    points.update(here)
        return self._counted[key].copy()

    def _allowed(self, need):
        """Numbers of those that serve the place and may stand; None for an order that asks neither."""
        key = (need.area, need.reserved)
        if key == ("", False):
            return None
        if key not in self._serving:
            self._serving[key] = {
                number
                for number, one in enumerate(self.candidates)
                if not (need.serving and need.serving.isdisjoint(one.serves))
                and not (need.reserved and one.ground in ("", "grupy"))
            }
        return self._serving[key]

    def _hits(self, need, topics):
        for topic in topics:
            yield NAMED, self._named.get(topic.code, NOBODY)
            yield from ((SORT, self._named.get(code, NOBODY)) for code in sorted(topic.sorts))
            yield BESIDE, self._described.get(topic.code, NOBODY)
            yield from ((BESIDE, self._named.get(code, NOBODY)) for code in topic.near)
            yield from ((BESIDE, self._pkd.get(symbol, NOBODY)) for symbol in topic.pkd)
        codes = {code for topic in topics if not topic.is_strict for code in topic.cpv_numbers}
        yield BESIDE, _together(self._codes, codes)
        yield CODED, _together(self._codes, near_codes(need))

    def _put(self, number, candidate):
        strong = candidate.terms.get("o", frozenset())
        if candidate.offer_id:
            strong |= candidate.terms.get("n", frozenset())
        for keys, index in (
            (strong, self._words),
            (candidate.cpv, self._codes),
            ({*candidate.named, *candidate.told}, self._named),
            (candidate.work, self._described),
            (candidate.pkd, self._pkd),
        ):
            for key in keys:
                index.setdefault(key, set()).add(number)


NOBODY = frozenset()


def _likeliest(points, lot):
    """At most MATCHING_TOLD numbers of those with most points; of equals it is drawn."""
    places, found = {}, []
    for number, count in points.items():
        if count >= LEAST:
            places.setdefault(count, []).append(number)
    for count in sorted(places, reverse=True):
        left = settings.MATCHING_TOLD - len(found)
        equal = places[count]
        found += equal if len(equal) <= left else heapq.nlargest(left, equal, key=lambda n: n * 2_654_435_761 ^ lot)
    return found


def _together(index, keys):
    found = [index[key] for key in keys if key in index]
    return found[0] if len(found) == 1 else NOBODY.union(*found)


def _read(organisation_ids):
    given = {"ids": organisation_ids, "today": timezone.localdate()}
    return [candidate_of(row) for row in map(Row._make, fetch(_ALL + ROWS, given))]
