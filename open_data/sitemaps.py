"""Pages of open data for search engines; files are left to catalogues of data."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Max

from open_data.datasets import all_datasets
from open_data.models import Dump


class DatasetSitemap(Sitemap):
    def items(self):
        return ["/otwarte-dane/", *(f"/otwarte-dane/{one.slug}/" for one in all_datasets())]

    def location(self, path):
        return path

    def lastmod(self, path):
        return self._newest

    def get_latest_lastmod(self):
        return self._newest

    @property
    def _newest(self):
        # Every page shows the newest day.
        if not hasattr(self, "_moment"):
            self._moment = Dump.objects.aggregate(newest=Max("made_at"))["newest"]
        return self._moment


SITEMAPS = {"otwarte-dane": DatasetSitemap}
