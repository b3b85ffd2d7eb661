# ruff: noqa: S608 - what is put into the SQL are names of our own columns; values are parameters
""" "Czy chodziło o…": the word of the catalogue that a mistyped word most resembles."""

import re
from difflib import SequenceMatcher

from django.db import connection

from core.polish import fold, query_terms, words
from registry.search import Field, Search

_CANDIDATES = 12
_SHORTEST = 4
# Words that some entry has are left alone; for each other one the words most like it, by trigrams (an index answers).
_SQL = f"""
SELECT asked.word, known.folded, known.display
FROM unnest(%s::text[], %s::text[]) AS asked (word, query)
CROSS JOIN LATERAL (
    SELECT folded, display FROM registry_searchword
    WHERE folded %% asked.word AND NOT EXISTS (SELECT FROM {{table}} WHERE search @@ asked.query::tsquery)
    ORDER BY similarity(folded, asked.word) DESC, folded LIMIT {_CANDIDATES}
) known
"""


def closest(search, model):
    """The search with its unknown words replaced by like ones that `model` (a kind of entry) knows, or None.

    One query, whatever was typed.
    """
    typed = {fold(word): word for word in words(search.text.lower())}
    asked = {folded: _query(word) for folded, word in typed.items() if len(folded) >= _SHORTEST and folded.isalpha()}
    if search.cpv or not asked:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(table=model._meta.db_table), [list(asked), list(asked.values())])
        candidates = cursor.fetchall()
    better = {}
    for word, folded, display in candidates:
        likeness = SequenceMatcher(None, word, folded).ratio()
        if likeness > better.get(word, (0,))[0]:
            better[word] = likeness, display
    text = search.text
    for word, (_, display) in better.items():
        text = re.sub(rf"(?<!\w){re.escape(typed[word])}(?!\w)", display, text, flags=re.IGNORECASE)
    return Search(text) if text != search.text else None


def _query(word):
    terms = query_terms(word, stop_words=False)
    return " | ".join(field + term for term in sorted(set().union(*terms)) for field in Field)
