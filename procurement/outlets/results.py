"""What a query string of /zamowienia/ finds: counts, one page of rows, and help when nothing was found."""

from functools import cached_property

from django.db.models import Q

from procurement.outlets import facets, labels
from procurement.outlets.counting import counted
from procurement.outlets.versions import version
from registry.listing import Tier
from registry.results import Result

NEWEST = ("published_at", "DESC")


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
        offered = [int(pk) for pk in self.counts.of("buyer")]
        return labels.buyers(offered) | self.found.labels.buyer

    def _count(self):
        self._version = self._version or version()
        return counted(self.conditions, now=self.found.now, of_version=self._version)
