"""The words that stand in the catalogue, for "czy chodziło o…"."""

from django.db import connection

from core.polish import fold
from registry.models import SearchWord

_SHORTEST = 4
_LONGEST = SearchWord._meta.get_field("folded").max_length
_INSERT = """
INSERT INTO registry_searchword (folded, display)
SELECT folded, display FROM unnest(%s::text[], %s::text[]) AS word (folded, display)
WHERE NOT EXISTS (SELECT FROM registry_searchword known WHERE known.folded = word.folded)
ORDER BY folded
ON CONFLICT DO NOTHING
"""


def remember(words):
    """Add those of the words (in lower case) that are worth suggesting and not known yet; returns all worth it."""
    worth = _worth_suggesting(words)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [list(worth), list(worth.values())])
        if cursor.rowcount:
            cursor.execute("SELECT gin_clean_pending_list('registry_word_trgm')")
    return worth


def replace(words):
    """Add words and forget all others."""
    worth = remember(words)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_searchword WHERE NOT folded = ANY(%s)", [list(worth)])


def _worth_suggesting(words):
    """{folded: as written}, without numbers, short words and monsters. Of two writings always the same one stays."""
    long_enough = sorted(word for word in words if _SHORTEST <= len(word) <= _LONGEST and word.isalpha())
    folded = {fold(word): word for word in long_enough}
    return {plain: word for plain, word in folded.items() if _SHORTEST <= len(plain) <= _LONGEST}
