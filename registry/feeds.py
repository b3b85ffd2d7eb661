"""/katalog/atom.xml and /oferty/atom.xml: what is new and what changed in any result of the two lists."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from core.feeds import ListFeed, lasting_id, writable
from registry.filters import CatalogueFilter, OfferFilter
from registry.models import CatalogueEntry, OfferEntry
from registry.models.offers import offer_address

NEWEST = 50


class CatalogueFeed(ListFeed):
    heading, page = "Katalog podmiotów", "registry:organisation_list"
    subtitle = "Najnowsze i ostatnio zmienione karty podmiotów ekonomii społecznej."

    def find(self, request):
        return CatalogueFilter(request.GET, queryset=CatalogueEntry.objects.all())

    def items(self, request):
        return request.found.qs.select_related("kind").order_by("-changed_at", "-organisation")[:NEWEST]

    def item_title(self, entry):
        return writable(entry.name)

    def parts(self, entry):
        return [entry.kind.label, entry.town, entry.summary]

    def item_link(self, entry):
        return reverse("registry:organisation_detail", args=[entry.slug])

    # A card that gets another address is the same entry (RFC 4151, RFC 4287 4.2.6).
    def item_guid(self, entry):
        return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:katalog:{entry.pk}"

    def item_pubdate(self, entry):
        return entry.published_at

    def item_updateddate(self, entry):
        return entry.changed_at


class OfferFeed(ListFeed):
    heading, page = "Oferty", "registry:offer_list"
    subtitle = "Najnowsze i ostatnio zmienione usługi i wyroby podmiotów ekonomii społecznej."

    def find(self, request):
        return OfferFilter(request.GET, queryset=OfferEntry.objects.all())

    def items(self, request):
        return request.found.qs.order_by("-changed_at", "-offer")[:NEWEST]

    def item_title(self, entry):
        return writable(entry.name)

    def parts(self, entry):
        return [entry.organisation_name, entry.town, entry.summary]

    def item_link(self, entry):
        return offer_address(entry.pk, entry.name)

    def item_guid(self, entry):
        return lasting_id("oferta", entry.pk)

    item_guid_is_permalink = False

    def item_pubdate(self, entry):
        return entry.published_at

    def item_updateddate(self, entry):
        return entry.changed_at
