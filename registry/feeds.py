"""/katalog/atom.xml: what is new and what changed in any result of the catalogue."""

import re

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from registry.filters import CatalogueFilter
from registry.models import CatalogueEntry

NEWEST = 50
# XML has no way to write these; a name from an old spreadsheet may still hold one.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class CatalogueFeed(Feed):
    """Takes the query string of the catalogue; an unknown value in it is answered with 400 and the reason."""

    feed_type = Atom1Feed
    subtitle = "Najnowsze i ostatnio zmienione karty podmiotów ekonomii społecznej."

    def __call__(self, request, *args, **kwargs):
        found = CatalogueFilter(request.GET, queryset=CatalogueEntry.objects.all())
        if not found.is_valid():
            reasons = [f"{name}: {' '.join(errors)}" for name, errors in found.form.errors.items()]
            return HttpResponse("\n".join(reasons), status=400, content_type="text/plain; charset=utf-8")
        request.found = found
        return super().__call__(request, *args, **kwargs)

    def get_object(self, request):
        return request

    def author_name(self, request):
        return settings.OPERATOR["name"]

    def title(self, request):
        return f"Katalog podmiotów – {settings.PORTAL_NAME}"

    def link(self, request):
        return _with_query(reverse("registry:organisation_list"), request)

    def feed_url(self, request):
        return _with_query(request.path, request)

    def items(self, request):
        return request.found.qs.select_related("kind").order_by("-changed_at", "-organisation")[:NEWEST]

    def item_title(self, entry):
        return UNWRITABLE.sub(" ", entry.name)

    def item_description(self, entry):
        parts = [entry.kind.label, entry.town, entry.summary]
        # Django declares a summary to be HTML; ours is text.
        return escape(UNWRITABLE.sub(" ", " · ".join(part for part in parts if part)))

    def item_link(self, entry):
        return reverse("registry:organisation_detail", args=[entry.slug])

    def item_pubdate(self, entry):
        return entry.published_at

    def item_updateddate(self, entry):
        return entry.changed_at


def _with_query(path, request):
    query = request.GET.urlencode()
    return f"{path}?{query}" if query else path
