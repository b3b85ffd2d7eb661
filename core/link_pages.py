"""Pages that open by a link from a letter: one row each, no password, nothing kept on the way."""

from functools import wraps

import pghistory
from django.http import Http404
from django.views.decorators.cache import never_cache

from core import links


def sent(request):
    """(data, files) for a form: of a POST what came, also when nothing did; else neither."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


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
            # The address is the key: it stands in no history and no log, and where a link leads does not hear of it.
            with pghistory.context(url=f"({purpose})"):
                response = view(request, row, token, **kwargs)
            response._has_been_logged = True
            response.headers["Referrer-Policy"] = "same-origin"
            return response

        return inner

    return mark
