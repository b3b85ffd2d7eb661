"""The catalogue and the list of offers as lists whose searches can be saved (notifications.searches)."""

from notifications.searches import Search, Told
from registry.feeds import CatalogueFeed, OfferFeed
from registry.filters import CatalogueFilter, OfferFilter
from registry.models import CatalogueEntry, OfferEntry
from registry.panel import SETTINGS, chips


def bound_by(filter_class, model):
    """`bind` of a ListFilter."""

    def bind(datas, now):
        filters = [filter_class(data, queryset=model.objects.all(), alone=False) for data in datas]
        filter_class.read_together(filters)
        return filters

    return bind


def told_by(feed):
    """`tell` in the words of a feed."""

    def tell(rows):
        for row in rows:
            yield Told(feed.item_title(row), feed.item_link(row), feed.line(row), feed.item_pubdate(row))

    return tell


def why(found):
    return [message for messages in found.form.errors.values() for message in messages]


def labels_of(found):
    return [chip["label"] for chip in chips(found)]


def names_of(filter_class):
    return tuple(name for name in filter_class.base_filters if name not in SETTINGS)


CATALOGUE = Search(
    name="katalog",
    label="Katalog podmiotów",
    page="registry:organisation_list",
    feed="registry:catalogue_feed",
    words="podmiot,podmioty,podmiotów",
    filters=names_of(CatalogueFilter),
    bind=bound_by(CatalogueFilter, CatalogueEntry),
    why=why,
    chips=labels_of,
    rows=lambda now: CatalogueEntry.objects.defer("search").select_related("kind"),
    tell=told_by(CatalogueFeed()),
)
OFFERS = Search(
    name="oferty",
    label="Oferty",
    page="registry:offer_list",
    feed="registry:offer_feed",
    words="oferta,oferty,ofert",
    filters=names_of(OfferFilter),
    bind=bound_by(OfferFilter, OfferEntry),
    why=why,
    chips=labels_of,
    rows=lambda now: OfferEntry.objects.defer("search"),
    tell=told_by(OfferFeed()),
)
