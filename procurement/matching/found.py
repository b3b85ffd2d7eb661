"""Who can deliver an order: the best offers of the best organisations, each with its reason."""

from dataclasses import dataclass

from django.conf import settings

from procurement.matching.candidate import Candidate
from procurement.matching.candidates import candidates
from procurement.matching.scoring import Score, score

GROUNDS = {
    "prawo": "z mocy ustawy",
    "zpch": "zakład pracy chronionej",
    "deklaracja": "deklaruje warunki",
    "grupy": "podaje grupy osób",
}


@dataclass(frozen=True)
class Match:
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
    return _without_noise(matches, settings.MATCHING)


def _without_noise(matches, weights):
    """Those that fit far worse than the best are shown only where there are few."""
    best = max((match.score.fit for match in matches), default=0.0)
    good = [match for match in matches if match.score.fit >= weights["cut"] * best]
    if len(good) >= weights["few"]:
        return good
    return [match for match in matches if match.score.fit >= weights["cut_of_few"] * best][: weights["few"]]


def _best(results):
    results.sort(key=lambda pair: (-pair[0].total, pair[1].offer_id is None, pair[1].offer_id or 0))
    best, candidate = results[0]
    return Match(candidate, best, tuple(other for _, other in results[1:4] if other.offer_id))
