"""Which category and CPV code an offer seems to have; a person confirms it later."""

import functools
from typing import NamedTuple

from core.polish import index_terms
from registry.models import OfferCategory

_PHRASE, _WORD = 3, 2
# Words of labels that say nothing of the trade.
_EMPTY_WORDS = frozenset("i w usługi prace społeczne inne tym osób z niepełnosprawnością sport".split())


class Suggestion(NamedTuple):
    category: str | None = None
    cpv: str | None = None


class Classifier:
    """Knows the dictionary of categories by heart; one for a whole file."""

    def __init__(self):
        self._words, self._phrases, self._codes = {}, [], {}
        categories = OfferCategory.objects.order_by("position")
        for position, category in enumerate(categories):
            label = [word.strip(",") for word in category.label.lower().split()]
            for keyword in [*category.keywords, *(word for word in label if word not in _EMPTY_WORDS)]:
                words = [_terms(word) for word in keyword.split()]
                if len(words) > 1:
                    self._phrases.append((words, position, category.code))
                    continue
                for term in words[0]:
                    self._words.setdefault(term, (position, category.code))
        links = OfferCategory.cpv.through.objects.order_by("pk").values_list(
            "offercategory_id", "cpvcode_id", "cpvcode__label_pl"
        )
        for category, code, label in links:
            self._codes.setdefault(category, []).append((code, _terms(label)))
        self._known = {}

    def suggest(self, name):
        """The category that most words of the offer speak for, the earliest of equals, and its nearest CPV code."""
        found = self._known.get(name)
        if found is None:
            if len(self._known) > 50_000:
                self._known.clear()
            found = self._known[name] = self._suggest(name)
        return found

    def _suggest(self, name):
        words = [_terms(word) for word in name.split()]
        votes = {}
        for place, forms in enumerate(words):
            hits = {self._words[term] for term in forms if term in self._words}
            for position, category in hits:
                worth, first, _ = votes.get(category, (0, place, position))
                votes[category] = (worth + _WORD, first, position)
        everything = frozenset().union(*words)
        for phrase, position, category in self._phrases:
            if all(forms & everything for forms in phrase):
                worth, first, _ = votes.get(category, (0, 0, position))
                votes[category] = (worth + _PHRASE, first, position)
        if not votes:
            return Suggestion()
        category = min(votes, key=lambda code: (-votes[code][0], votes[code][1], votes[code][2]))
        codes = self._codes.get(category)
        if not codes:
            return Suggestion(category)
        best = max(range(len(codes)), key=lambda index: (len(codes[index][1] & everything), -index))
        return Suggestion(category, codes[best][0])


@functools.lru_cache(maxsize=50_000)
def _terms(text):
    return frozenset(index_terms(text))
