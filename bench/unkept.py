"""A first visit measured again and again: nothing is read from the cache, and nothing left in it.

The cache is not cleared for it: the queue of tasks stands on the same server.
"""

from contextlib import contextmanager
from itertools import count

from procurement.outlets import results


@contextmanager
def nothing_kept():
    """Counts of /zamowienia/ are asked for under a version that nobody has seen, and kept for no time."""
    version, seconds, visits = results.version, results.KEPT_SECONDS, count()
    results.version, results.KEPT_SECONDS = lambda: f"{version()}/bench {next(visits)}", 0
    try:
        yield
    finally:
        results.version, results.KEPT_SECONDS = version, seconds
