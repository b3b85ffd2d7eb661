"""A first visit measured again and again: nothing is read from the cache, and nothing left in it.

The cache is not cleared for it: the queue of tasks stands on the same server.
"""

from contextlib import contextmanager

from procurement.outlets import counting


@contextmanager
def nothing_kept():
    """What /zamowienia/ counts is counted anew each time."""
    kept = counting.kept
    counting.kept = lambda name, parts, make, **_: make()
    try:
        yield
    finally:
        counting.kept = kept
