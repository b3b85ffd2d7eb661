"""Pages that open by a link from a letter: one row each, no password, nothing kept on the way."""

from functools import wraps

from django.http import Http404
from django.views.decorators.cache import never_cache

from core import links


def opened(purpose, rows):
    """Marks a view `view(request, row, token, …)` whose address holds a token of core.links; 404 for any other.

    `rows()` gives the queryset in which the row is looked for.
    """

    def mark(view):
        @never_cache
        @wraps(view)
        def inner(request, token, **kwargs):
            row = links.find(purpose, token, rows())
            if row is None:
                raise Http404
            response = view(request, row, token, **kwargs)
            # The address is the key: it must not be told to where a link on the page leads.
            response.headers["Referrer-Policy"] = "same-origin"
            return response

        return inner

    return mark
