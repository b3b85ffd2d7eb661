"""Constraints that the database checks when a transaction ends, and what has to wait for its end in any case."""

_LATE = []


def wait_for_the_end(name):
    """What is called so by the database works on all that a transaction did: half of it would say something else."""
    _LATE.append(name)


def check_each_statement():
    """SQL: references are checked with each statement from here on, not all of them when the transaction commits."""
    late = f"; SET CONSTRAINTS {', '.join(_LATE)} DEFERRED" if _LATE else ""
    return f"SET CONSTRAINTS ALL IMMEDIATE{late}"
