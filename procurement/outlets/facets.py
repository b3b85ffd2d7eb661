"""What is counted beside the filters of /zamowienia/."""

from procurement.models import PostingEntry
from registry.facets import Cube, Facet

# Buyers are hundreds: those with most orders are offered, any other can be searched for.
MOST_BUYERS = 12

POSTINGS = Cube(
    PostingEntry,
    cells=(
        Facet("type", "type"),
        Facet("powiat", "county_id"),
        Facet("kind", "nature"),
        Facet("year", "year"),
        Facet("clause", "clauses", listed=True),
        Facet("art", "articles", listed=True),
    ),
    sums="procurement_entrycell",
    apart=Facet("buyer", "buyer_id", most=MOST_BUYERS),
    apart_sums="procurement_entrybuyer",
)
