"""Addresses for search engines, in files of at most 5,000."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Max

from core.navigation import BESIDE, SECTIONS
from registry.models import CatalogueEntry, OfferEntry
from registry.models.offers import offer_address


class PageSitemap(Sitemap):
    """The pages that are always there."""

    def items(self):
        return ["/", *(section.path for section in (*SECTIONS, *BESIDE))]

    def location(self, item):
        return item


class EntrySitemap(Sitemap):
    """What stands in the catalogue; `changed_at` of an entry is when its page changed."""

    limit = 5000
    entries = CatalogueEntry.objects

    def items(self):
        return self.entries.order_by("pk").only("pk", "changed_at", *self.columns)

    def lastmod(self, entry):
        return entry.changed_at

    def get_latest_lastmod(self):
        # Django would read every row for this.
        return self.entries.aggregate(newest=Max("changed_at"))["newest"]


class OrganisationSitemap(EntrySitemap):
    columns = ["name", "slug"]

    def location(self, entry):
        return f"/katalog/{entry.slug}/"


class OfferSitemap(EntrySitemap):
    entries = OfferEntry.objects
    columns = ["name"]

    def location(self, entry):
        return offer_address(entry.pk, entry.name)


SITEMAPS = {"strony": PageSitemap, "podmioty": OrganisationSitemap, "oferty": OfferSitemap}
