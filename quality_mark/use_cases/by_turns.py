"""What the clock does to many rows: each for itself, so that one that cannot be done keeps no other from it."""

import logging

log = logging.getLogger(__name__)


def each(ids, verb):
    """[what `verb` gives for each id that can be done]; what keeps the others is written down for the operator."""
    done = []
    for pk in ids:
        try:
            done.append(verb(pk))
        except Exception:
            log.exception("%s of %s failed", getattr(verb, "__qualname__", verb), pk)
    return done
