"""Long loops that make much and leave no cycles behind."""

import gc
from contextlib import contextmanager


@contextmanager
def no_collecting():
    """Switch the cyclic garbage collector off for a block: an import spends a fifth of its time looking for cycles
    among hundreds of thousands of rows that have none. What is no longer used is freed all the same.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            # Gives the memory of all those rows back to the machine, which the next step needs. Within another such
            # block it waits for the end of that one.
            gc.collect()
