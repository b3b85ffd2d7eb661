"""Addresses for search engines, in files of at most 5,000."""

from django.contrib.sitemaps import Sitemap

from registry.models import Offer, Organisation

LIMIT = 5000


class PageSitemap(Sitemap):
    """The pages that are always there."""

    def items(self):
        return ["/", "/katalog/", "/oferty/"]

    def location(self, item):
        return item


class OrganisationSitemap(Sitemap):
    limit = LIMIT

    def items(self):
        return Organisation.objects.published().only("slug", "updated_at").order_by("pk")

    def lastmod(self, organisation):
        return organisation.updated_at


class OfferSitemap(Sitemap):
    limit = LIMIT

    def items(self):
        return (
            Offer.objects.living()
            .filter(organisation__published_at__isnull=False, organisation__removed_at__isnull=True)
            .only("name", "updated_at")
            .order_by("pk")
        )

    def lastmod(self, offer):
        return offer.updated_at


SITEMAPS = {"strony": PageSitemap, "podmioty": OrganisationSitemap, "oferty": OfferSitemap}
