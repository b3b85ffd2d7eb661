"""Addresses of marks for search engines."""

from django.contrib.sitemaps import Sitemap

from quality_mark.models import Mark
from quality_mark.register.numbers import page_of


class MarkSitemap(Sitemap):
    limit = 5000

    def items(self):
        return Mark.objects.order_by("pk").values_list("number", flat=True)

    def location(self, number):
        return page_of(number)


SITEMAPS = {"znaki": MarkSitemap}
