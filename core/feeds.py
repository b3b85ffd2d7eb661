"""Atom feeds of what a list finds: they take its query string."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

# XML has no way to write these; a name from an old spreadsheet may still hold one.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class ListFeed(Feed):
    """Atom (RFC 4287) of a list, whose page is called `page`; `find(request)` is the filter of it, bound.

    An unknown value in the query string is answered with 400 and a line for each faulty filter.
    """

    feed_type = Atom1Feed
    heading = page = None

    def __call__(self, request, *args, **kwargs):
        found = self.find(request)
        if not found.is_valid():
            reasons = "\n".join(self.reasons(found))
            return HttpResponse(reasons, status=400, content_type="text/plain; charset=utf-8")
        request.found = found
        return super().__call__(request, *args, **kwargs)

    def get_object(self, request):
        return request

    def reasons(self, found):
        """A line for each faulty filter."""
        return [f"{name}: {' '.join(errors)}" for name, errors in found.form.errors.items()]

    def parts(self, item):
        """What one line says of an item: texts, any of them may be empty."""
        return []

    def line(self, item):
        return writable(" · ".join(part for part in self.parts(item) if part))

    def item_description(self, item):
        # Django declares a summary to be HTML; ours is text.
        return escape(self.line(item))

    def author_name(self, request):
        return settings.OPERATOR["name"]

    def title(self, request):
        return f"{self.heading} – {settings.PORTAL_NAME}"

    def link(self, request):
        return _with_query(reverse(self.page), request)

    def feed_url(self, request):
        return _with_query(request.path, request)


def lasting_id(kind, number):
    """An id of an entry whose address may change (RFC 4287 §4.2.6, RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{kind}:{number}"


def writable(text):
    """`text` without what XML cannot hold."""
    return _UNWRITABLE.sub(" ", text)


def _with_query(path, request):
    query = request.GET.urlencode()
    return f"{path}?{query}" if query else path
