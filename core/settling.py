"""A process that is about to serve for days: everything is loaded, and what is loaded is left alone."""

import gc
from itertools import count

from django.core.signals import request_finished
from django.urls import get_resolver

# By so many answers words and templates that are only loaded when somebody asks for them have been.
WARM = 50
# New objects before the collector looks: more than a page makes, fewer than anybody's memory feels.
MANY = 50_000
_answered = count(1)


def settle():
    """Load all pages and let Python's collector of cycles look no more at what stands by now.

    It would go through a few hundred thousand lasting objects again and again, each time a pause of a tenth of a
    second in somebody's page. Before a server parts into workers, so that they go on sharing that memory. From then on
    it looks between two pages, when the answer has gone out.
    """
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(MANY, 10, 10)
    request_finished.connect(_between_pages, weak=False, dispatch_uid="core.settling")


def _between_pages(**_):
    number = next(_answered)
    if number % WARM == 0:
        gc.collect()
    if number == WARM:
        # Once only: what other threads have in hand is frozen too, and its cycles would never be found.
        gc.freeze()
