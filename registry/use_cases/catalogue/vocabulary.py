"""The words that stand in the catalogue, for "czy chodziło o…"."""

from django.db import connection

from registry.models import SearchWord

_LONGEST = SearchWord._meta.get_field("folded").max_length
_INSERT = """
INSERT INTO registry_searchword (folded, display)
SELECT folded, display FROM unnest(%s::text[], %s::text[]) AS word (folded, display)
WHERE NOT EXISTS (SELECT FROM registry_searchword known WHERE known.folded = word.folded)
ORDER BY folded
ON CONFLICT DO NOTHING
"""


def remember(words):
    """Add words, {folded: as written}, that are not known yet."""
    known = sorted((folded, display) for folded, display in words.items() if _is_word(folded, display))
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [[folded for folded, _ in known], [display for _, display in known]])
        if cursor.rowcount:
            cursor.execute("SELECT gin_clean_pending_list('registry_word_trgm')")


def replace(words):
    """Add words and forget all others."""
    remember(words)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_searchword WHERE NOT folded = ANY(%s)", [list(words)])


def _is_word(folded, display):
    return len(folded) <= _LONGEST and len(display) <= _LONGEST and not any(char.isdigit() for char in folded)
