"""A process that is about to serve for days: everything is loaded, and what is loaded is left alone."""

import gc
from itertools import count

from django.core.signals import request_finished
from django.urls import get_resolver

# By so many answers words and templates that are only loaded when somebody asks for them have been.
WARM = 50
# New objects before the collector looks: a thousandth of a second's work, and seldom more than one look in a page.
MANY = 10_000
_answered = count(1)


def settle():
    """Load all pages and let Python's collector of cycles look no more at what stands by now.

    It would go through a few hundred thousand lasting objects again and again, each time a pause of a tenth of a
    second in somebody's page. Before a server parts into workers, so that they go on sharing that memory. What is only
    loaded on demand is left alone too, once it has been.
    """
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(MANY, 10, 10)
    request_finished.connect(_between_pages, weak=False, dispatch_uid="core.settling")


def _between_pages(**_):
    """When an answer has gone out. Once only: what other threads have in hand is frozen too, and cycles in it stay."""
    if next(_answered) == WARM:
        gc.collect()
        gc.freeze()
        request_finished.disconnect(dispatch_uid="core.settling")
