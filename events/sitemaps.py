"""Addresses of the calendar for search engines, in files of at most 5,000."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Max

from events.models import Event


class EventSitemap(Sitemap):
    limit = 5000

    def items(self):
        return Event.objects.public().order_by("pk").only("pk", "slug", "changed_at")

    def lastmod(self, event):
        return event.changed_at

    def get_latest_lastmod(self):
        # Django would read every row for this.
        return Event.objects.public().aggregate(newest=Max("changed_at"))["newest"]


SITEMAPS = {"wydarzenia": EventSitemap}
