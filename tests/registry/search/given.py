"""Published cards, and what a search finds of them."""

from registry import facets
from registry.filters import CatalogueFilter, OfferFilter
from registry.models import Organisation
from registry.results import Result
from tests.registry.factories import (
    NOW,
    OrganisationFactory,
    refresh,
)


def card(name, *, description="", **values):
    card = OrganisationFactory(institution__name=name, description=description, **values)
    Organisation.objects.filter(pk=card.pk).update(published_at=NOW)
    refresh(card)
    return card


def names(query, sort=""):
    result = Result(CatalogueFilter({"q": query, "sort": sort}), facets.CATALOGUE)
    return [entry.name for entry in result.listing[0:50]]


def offers(query):
    return [entry.name for entry in Result(OfferFilter({"q": query}), facets.OFFERS).listing[0:50]]
