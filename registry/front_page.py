"""What the register gives to the front page: figures, and the categories with most offers."""

from core.templatetags.portal import plural
from registry import facets
from registry.models import OfferCategory

POPULAR = 6
OTHER = "inne"  # says nothing as a thing to look for


def register_figures():
    """For core.front_page.contribute: the numbers that the linked lists find. An empty register gives nothing."""
    organisations = facets.count(facets.CATALOGUE, {})
    if not organisations.total:
        return {}
    offers = facets.count(facets.OFFERS, {})
    figures = [
        _figure(organisations.total, "podmiot w katalogu,podmioty w katalogu,podmiotów w katalogu", "/katalog/"),
        _figure(offers.total, "oferta,oferty,ofert", "/oferty/"),
        _figure(
            organisations.of("ps").get("1", 0),
            "przedsiębiorstwo społeczne,przedsiębiorstwa społeczne,przedsiębiorstw społecznych",
            "/katalog/?ps=1",
        ),
        _figure(
            offers.of("mark").get("1", 0),
            "oferta ze znakiem,oferty ze znakiem,ofert ze znakiem",
            "/oferty/?mark=1",
        ),
    ]
    return {"figures": figures, "popular": _popular(offers.of("category"))}


def _figure(value, forms, url):
    return {"value": value, "label": plural(value, forms), "url": url}


def _popular(counts):
    known = sorted(counts.keys() - {OTHER}, key=lambda category: (-counts[category], category))[:POPULAR]
    categories = OfferCategory.objects.in_bulk(known)
    return [{"label": _within_sentence(categories[code].label), "url": f"/oferty/?category={code}"} for code in known]


def _within_sentence(label):
    return label[:1].lower() + label[1:]
