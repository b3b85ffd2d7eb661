"""Addresses of orders for search engines, in files of at most 5,000."""

from procurement.models import PostingEntry
from registry.sitemaps import EntrySitemap


class PostingSitemap(EntrySitemap):
    entries = PostingEntry.objects
    columns = ["subject"]

    def location(self, entry):
        return entry.get_absolute_url()


SITEMAPS = {"zamowienia": PostingSitemap}
