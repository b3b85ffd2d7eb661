"""The list of orders as a list whose searches can be saved (notifications.searches)."""

from notifications.searches import Search
from procurement.feeds import PostingFeed
from procurement.filters import PostingFilter
from procurement.models import PostingEntry
from procurement.outlets.panel import chip
from registry.panel import chips
from registry.searches import names_of, told_by, why


def _bind(datas, now):
    filters = [PostingFilter(data, now=now, alone=False) for data in datas]
    PostingFilter.read_together(filters)
    return filters


POSTINGS = Search(
    name="zamowienia",
    label="Zamówienia",
    page="procurement:posting_list",
    feed="procurement:posting_feed",
    words="zamówienie,zamówienia,zamówień",
    filters=names_of(PostingFilter),
    bind=_bind,
    why=why,
    chips=lambda found: [one["label"] for one in chips(found, chip)],
    rows=lambda now: PostingEntry.objects.defer("search", "cpv", "cell"),
    tell=told_by(PostingFeed()),
)
