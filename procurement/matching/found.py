"""Who can deliver an order: the best offers of the best organisations, each with its reason."""

from itertools import islice
from typing import NamedTuple

from django.conf import settings

from procurement.matching.candidate import Candidate
from procurement.matching.candidates import candidates
from procurement.matching.mixing import mixed
from procurement.matching.scoring import Score, score

# Offers of one organisation whose scores are that near to each other may stand for it alike.
SAME = 0.85
GROUNDS = {
    "prawo": "z mocy ustawy",
    "zpch": "zakład pracy chronionej",
    "deklaracja": "deklaruje warunki",
    "grupy": "podaje grupy osób",
}


class Match(NamedTuple):
    """One organisation; `candidate` is its best offer, or its card. Of equals the name decides."""

    candidate: Candidate
    score: Score
    # Other offers of the same organisation that fit, best first.
    others: tuple = ()

    @property
    def organisation_id(self):
        return self.candidate.organisation_id


def who_can(need, *, today, ground="", least=0.0, **narrowed):
    """[Match] of all organisations that fit, the best first; `narrowed` as candidates() takes it. One query."""
    return ranked(need, candidates(need, **narrowed), today=today, ground=ground, least=least)


def ranked(need, found, *, today, ground="", least=0.0):
    """The same of candidates that somebody has found. `least` is the smallest fit that counts."""
    scored = {}
    for candidate in found:
        if ground and candidate.ground != ground:
            continue
        result = score(need, candidate, today=today, least=least)
        if result:
            scored.setdefault(candidate.organisation_id, []).append((result, candidate))
    matches = sorted(
        (_best(results) for results in scored.values()),
        key=lambda match: (-match.score.total, match.candidate.organisation_name, match.organisation_id),
    )
    return mixed(need, matches, settings.MATCHING)


def _best(results):
    """The offer by which an organisation is shown is the one that is most of the work: a code that a program has
    guessed does not make another one better."""
    if len(results) == 1:
        return Match(results[0][1], results[0][0])
    results.sort(key=lambda pair: (-pair[0].total, pair[1].offer_id is None, pair[1].offer_id or 0))
    top = results[0][0].total
    near = [pair for pair in results if pair[0].total >= SAME * top]
    best, candidate = max(near, key=lambda pair: max(pair[0].topics.values(), default=0.0))
    others = (other for _, other in results if other is not candidate and other.offer_id)
    # The organisation keeps its place.
    return Match(candidate, best._replace(total=top), tuple(islice(others, 3)))
