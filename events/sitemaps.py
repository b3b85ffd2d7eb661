"""Addresses of the calendar for search engines, in files of at most 5,000."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from events.models import Edition, Event


class EventSitemap(Sitemap):
    limit = 5000

    def items(self):
        return Event.objects.public().order_by("pk").only("pk", "slug", "changed_at")

    def lastmod(self, event):
        return event.changed_at

    def get_latest_lastmod(self):
        # Django would read every row for this.
        return Event.objects.public().aggregate(newest=Max("changed_at"))["newest"]


class EditionSitemap(Sitemap):
    """The list of projects and the page of each; there are few."""

    def items(self):
        pages = [reverse("events:edition_detail", args=[slug]) for slug in _slugs()]
        return [reverse("events:edition_list"), *pages]

    def location(self, address):
        return address


def _slugs():
    return Edition.objects.order_by("pk").values_list("slug", flat=True)


SITEMAPS = {"wydarzenia": EventSitemap, "projekty": EditionSitemap}
