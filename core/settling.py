"""A process that is about to serve for days: everything is loaded, and what is loaded is left alone."""

import gc

from django.urls import get_resolver


def settle():
    """Load all pages and let Python's collector of cycles look no more at what stands by now.

    It would go through a few hundred thousand lasting objects again and again, each time a pause of a tenth of a
    second in somebody's page. Before a server parts into workers, so that they go on sharing that memory.
    """
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
