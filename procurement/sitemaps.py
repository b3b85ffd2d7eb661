"""Addresses of orders for search engines, in files of at most 5,000."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from procurement.models import ContractingAuthority, Notice, Plan, PostingEntry
from registry.sitemaps import EntrySitemap


class PostingSitemap(EntrySitemap):
    entries = PostingEntry.objects
    columns = ["subject"]

    def location(self, entry):
        return entry.get_absolute_url()


class PlanYearSitemap(Sitemap):
    """The plans of an authority and its units in one year are one page."""

    limit = 5000

    def items(self):
        pages = Plan.objects.public().values("authority__slug", "year")
        return pages.annotate(newest=Max("current__published_at")).order_by("authority__slug", "year")

    def location(self, page):
        return reverse("procurement:plan_year", args=[page["authority__slug"], page["year"]])

    def lastmod(self, page):
        return page["newest"]

    def get_latest_lastmod(self):
        # Django would read every row for this.
        return Plan.objects.public().aggregate(newest=Max("current__published_at"))["newest"]


class ReportSitemap(Sitemap):
    """Figures of each authority that has announced something; those of the region are a page of the portal."""

    limit = 5000

    def items(self):
        announced = Notice.objects.public().values("authority")
        return ContractingAuthority.objects.filter(pk__in=announced).order_by("slug").values_list("slug", flat=True)

    def location(self, slug):
        return reverse("procurement:buyer_report", args=[slug])


SITEMAPS = {"zamowienia": PostingSitemap, "plany": PlanYearSitemap, "statystyki": ReportSitemap}
