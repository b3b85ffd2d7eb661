"""All offers at once in memory, for matching many orders: a plan of thousands of items asks the database once."""

from collections import namedtuple

from django.conf import settings
from django.db import connection

from procurement.matching.candidates import ROWS, candidate_of, wanted_topics
from procurement.matching.topics import all_topics, recognised

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
NAMED, BESIDE, CODED, WORDED = 4, 1, 3, 1


class Shelf:
    """Candidates of these organisations, or of all, each under its words, codes and kinds of work."""

    def __init__(self, organisation_ids=None):
        self.candidates = _read(organisation_ids)
        self._words, self._codes, self._topics, self._pkd = {}, {}, {}, {}
        for number, candidate in enumerate(self.candidates):
            self._put(number, candidate)

    def find(self, need):
        """The likeliest candidates for an order, at most MATCHING_CANDIDATES."""
        if need.is_empty:
            return []
        likely = {}
        for points, numbers in self._hits(need):
            for number in numbers:
                likely[number] = likely.get(number, 0) + points
        if need.serving:
            likely = {n: p if need.serving & self.candidates[n].serves else p * 0.6 for n, p in likely.items()}
        if need.reserved:
            likely = {n: p for n, p in likely.items() if self.candidates[n].ground not in ("", "grupy")}
        best = sorted(likely, key=lambda number: (-likely[number], number))
        return [self.candidates[number] for number in best[: settings.MATCHING_CANDIDATES]]

    def _hits(self, need):
        topics = wanted_topics(need)
        for topic in topics:
            yield NAMED, self._topics.get(topic.code, ())
            yield from ((BESIDE, self._topics.get(code, ())) for code in topic.near)
            yield from ((BESIDE, self._codes.get(code, ())) for code in topic.cpv_numbers if not topic.is_strict)
            yield from ((BESIDE, self._pkd.get(symbol, ())) for symbol in topic.pkd)
        for parents in need.parents.values():
            near = [code for code in parents if code == parents[0] or code % 100_000 == 0 and code % 1_000_000]
            yield from ((CODED, self._codes.get(code, ())) for code in near)
        for word in [word for word in need.words if word.weight >= 0.5][:6]:
            yield WORDED, set().union(*(self._words.get(term, ()) for term in word.terms))

    def _put(self, number, candidate):
        strong = candidate.terms.get("o", frozenset())
        if candidate.offer_id:
            strong |= candidate.terms.get("n", frozenset())
            topics = recognised(candidate.name)
        else:
            spoken = strong | candidate.terms.get("d", frozenset())
            topics = [code for code, topic in all_topics().items() if topic.said_by(spoken)]
        for key, index in (
            (strong, self._words),
            (candidate.cpv, self._codes),
            (topics, self._topics),
            (candidate.pkd, self._pkd),
        ):
            for one in key:
                index.setdefault(one, []).append(number)


def _read(organisation_ids):
    with connection.cursor() as cursor:
        cursor.execute(_ALL + ROWS, {"ids": organisation_ids})
        row = namedtuple("Row", [column.name for column in cursor.description])
        return [candidate_of(row._make(values)) for values in cursor.fetchall()]
