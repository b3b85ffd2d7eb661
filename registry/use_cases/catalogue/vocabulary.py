"""The words that stand in entries, for "czy chodziło o…"."""

from django.db import connection

from core.polish import fold
from registry.models import SearchWord

_SHORTEST = 4
_LONGEST = SearchWord._meta.get_field("folded").max_length
_INSERT = """
INSERT INTO {table} (folded, display)
SELECT folded, display FROM unnest(%s::text[], %s::text[]) AS word (folded, display)
WHERE NOT EXISTS (SELECT FROM {table} known WHERE known.folded = word.folded)
ORDER BY folded
ON CONFLICT DO NOTHING
"""


def remember(words, *, model=SearchWord):
    """Add those of the words (in lower case) that are worth suggesting and not known yet; returns all worth it.

    `model` is the registry.models.catalogue.KnownWord that they are kept as.
    """
    worth = _worth_suggesting(words)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT.format(table=model._meta.db_table), [list(worth), list(worth.values())])
        if cursor.rowcount:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [model._meta.indexes[0].name])
    return worth


def replace(words, *, model=SearchWord):
    """Add words and forget all others."""
    worth = remember(words, model=model)
    model.objects.exclude(folded__in=list(worth)).delete()


def _worth_suggesting(words):
    """{folded: as written}, without numbers, short words and monsters. Of two writings always the same one stays."""
    long_enough = sorted(word for word in words if _SHORTEST <= len(word) <= _LONGEST and word.isalpha())
    folded = {fold(word): word for word in long_enough}
    return {plain: word for plain, word in folded.items() if _SHORTEST <= len(plain) <= _LONGEST}
