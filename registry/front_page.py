"""What the register gives to the front page: figures, and the categories with most offers."""

from django.db.models import Count

from core.templatetags.portal import plural
from registry.models import CatalogueEntry, OfferCategory, OfferEntry

POPULAR = 6
OTHER = "inne"  # says nothing as a thing to look for


def register_figures():
    """For core.front_page.contribute: the numbers that the linked lists find. An empty register gives nothing."""
    organisations = CatalogueEntry.objects.count()
    if not organisations:
        return {}
    offers = OfferEntry.objects
    return {
        "figures": [
            _figure(organisations, "podmiot w katalogu,podmioty w katalogu,podmiotów w katalogu", "/katalog/"),
            _figure(offers.count(), "oferta,oferty,ofert", "/oferty/"),
            _figure(
                CatalogueEntry.objects.filter(ps=True).count(),
                "przedsiębiorstwo społeczne,przedsiębiorstwa społeczne,przedsiębiorstw społecznych",
                "/katalog/?ps=1",
            ),
            _figure(
                offers.filter(mark=True).count(),
                "oferta ze znakiem,oferty ze znakiem,ofert ze znakiem",
                "/oferty/?mark=1",
            ),
        ],
        "popular": _popular(),
    }


def _figure(value, forms, url):
    return {"value": value, "label": plural(value, forms), "url": url}


def _popular():
    counts = (
        OfferEntry.objects.order_by().filter(category__isnull=False).exclude(category=OTHER).values_list("category_id")
    )
    most = dict(counts.annotate(count=Count("pk")).order_by("-count", "category_id")[:POPULAR])
    categories = OfferCategory.objects.in_bulk(most)
    return [{"label": _within_sentence(categories[code].label), "url": f"/oferty/?category={code}"} for code in most]


def _within_sentence(label):
    return label[:1].lower() + label[1:]
