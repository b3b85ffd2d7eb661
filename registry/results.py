"""What a query string finds, as a list page shows it: counts, one page of rows, and help when nothing was found."""

from functools import cached_property

from core.http import paginate
from registry import facets
from registry.listing import BY_NAME, ORDERS, RELEVANCE, Listing
from registry.looser import looser
from registry.models import OfferEntry
from registry.spelling import closest, replaces_right_word

PER_PAGE = 20
OFFERS_SHOWN = 3


class Result:
    """Asks the database at most seven times, however much was found. `orders` and `within` as in registry.listing.

    `instead` is the Search whose matches are shown when a word of the one typed stands nowhere. When it has none
    either, `looser` are searches that have some (registry.looser), made from `mended` when a word was mended. They
    also stand beside `instead` when the word was no typing error.
    """

    usual_order, orders, within = BY_NAME, ORDERS, ORDERS[BY_NAME]

    def __init__(self, found, cube):
        self.found, self.cube = found, cube
        self.valid = found.is_valid()
        self.search = found.search
        self.instead, self.mended, self.looser = None, None, []
        self.conditions = found.conditions if self.valid else {}
        self.counts = self._count() if self.valid else facets.Counts(0, {})
        if self.valid and not self.counts.total and self.search:
            self._help()

    @property
    def total(self):
        return self.counts.total

    @property
    def terms(self):
        """The words to be marked in what is shown."""
        return [] if not self.search or self.found.named else self.search.words

    @property
    def usual_sort(self):
        """Relevance when words were searched for, else the usual order, by name."""
        return RELEVANCE if self.terms else self.usual_order

    @property
    def sort(self):
        """The order in use. Without words there is nothing to be relevant to."""
        asked = self.found.form.cleaned_data.get("sort") if self.valid else ""
        return self.usual_sort if not asked or asked == RELEVANCE else asked

    @cached_property
    def listing(self):
        tiers = self.search.tiers if self.search and not self.found.named else ()
        options = {"sort": self.sort, "tiers": tiers, "orders": self.orders, "within": self.within}
        return Listing(self.cube.model, self.conditions, total=self.total, **options)

    @property
    def by_county(self):
        """{county: how many of those found sit there}."""
        chosen = self.found.form.cleaned_data.get("powiat") if self.valid else []
        counts = self.counts.of("powiat")
        return {county: number for county, number in counts.items() if not chosen or county in chosen}

    def page(self, request):
        return paginate(request, self.listing, PER_PAGE, count=self.total)

    def offers_of(self, entries):
        """{organisation: [names of offers that the searched words stand in]} for entries of the catalogue."""
        if not (self.terms and entries):
            return {}
        names = {}
        offers = OfferEntry.objects.filter(self.search.condition, organisation__in=[entry.pk for entry in entries])
        for pk, name in offers.order_by("sort_key", "pk").values_list("organisation_id", "name"):
            names.setdefault(pk, []).append(name)
        return {pk: list(dict.fromkeys(mine))[:OFFERS_SHOWN] for pk, mine in names.items()}

    def _count(self):
        return facets.count(self.cube, self.conditions, **self.found.counting(self.conditions))

    def _help(self):
        """What to show or to offer when nothing was found."""
        search, given = self.search, self.conditions
        better = None if self.found.named else closest(search, self.cube.model)
        if better:
            self.conditions = self.found.without_unknown(better)
            counts = self._count()
            if counts.total:
                self.search, self.instead, self.counts = better, better, counts
                if replaces_right_word(search, better) and not search.numbers:
                    self.looser = looser(self.cube.model, search, given)
                return
        self.mended = better
        self.looser = looser(self.cube.model, better or search, self.conditions, words=not self.found.named)
        self.conditions = given
