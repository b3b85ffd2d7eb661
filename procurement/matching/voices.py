"""Figures of what suppliers say of a posting: they tell an officer why nobody came, and change no score."""

from dataclasses import dataclass, field

from procurement.choices import Refusal
from procurement.models import Interest, SupplyFit


@dataclass(frozen=True)
class Voices:
    told: int = 0
    interested: int = 0
    # [(reason in words, how many)], the most frequent first.
    reasons: list = field(default_factory=list)
    words: list = field(default_factory=list)

    @property
    def refused(self):
        return sum(count for _, count in self.reasons)


def voices_of(posting_id):
    """Two queries. Nobody's name is among it."""
    said = list(Interest.objects.filter(posting=posting_id).values_list("is_interested", "reason", "words"))
    counts = {}
    for interested, reason, _ in said:
        if not interested:
            counts[reason] = counts.get(reason, 0) + 1
    reasons = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return Voices(
        told=SupplyFit.objects.filter(posting=posting_id).count(),
        interested=sum(interested for interested, *_ in said),
        reasons=[(Refusal(code).label, count) for code, count in reasons],
        words=[words for _, _, words in said if words],
    )
