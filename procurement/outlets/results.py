"""What a query string of /zamowienia/ finds: counts, one page of rows, and help when nothing was found."""

from datetime import datetime
from functools import cached_property

from django.db.models import Q

from core.keeping import kept
from procurement.outlets import facets, labels
from procurement.outlets.versions import version
from registry.listing import Tier
from registry.results import Result
from registry.sql import where

NEWEST = ("published_at", "DESC")
# Short: who tries all filters one after another would fill the cache.
KEPT_SECONDS = 900


class PostingResult(Result):
    """Beside what a Result asks for: the buyers that are offered. `version` of the list, when it is known already."""

    usual_order, within = "nowe", NEWEST

    def __init__(self, found, version=None):
        now = found.now
        self._version = version
        self.orders = {
            "nowe": NEWEST,
            "nazwa": ("sort_key", "ASC"),
            "wartosc": ("value", "DESC NULLS LAST"),
            # What is coming first, then what is over, then what has no date.
            "termin": [
                Tier(Q(due_at__gt=now), "due_at", "ASC"),
                Tier(Q(due_at__lte=now), "due_at", "DESC"),
                Tier(Q(due_at=None), *NEWEST),
            ],
        }
        super().__init__(found, facets.POSTINGS)

    @cached_property
    def buyers(self):
        """{slug: Buyer} of those with most of the found, and of those asked for."""
        counted = [int(pk) for pk in self.counts.of("buyer")]
        return labels.buyers(counted) | self.found.labels.buyer

    def _count(self):
        """To count takes as long as all the rest of the page together, for a word in half of all orders three times as
        long, and many ask for the same: what was counted is kept until an entry changes or a deadline passes.
        """
        sql, parameters = where(self.cube.model, self.conditions.values())
        # The moment itself says nothing: the version tells how many deadlines lie ahead of it.
        asked = [str(one) for one in parameters if not isinstance(one, datetime)]
        self._version = self._version or version()
        return kept("orders", [self._version, *self.conditions, sql, *asked], super()._count, seconds=KEPT_SECONDS)
