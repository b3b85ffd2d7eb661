"""Polish as the search and the lists need it: folding, alphabetical order, lemmas.

Knows neither Django nor the database, so that settings, importers and tests may use it alike. The dictionary
is opened at the first lemma, not at import.
"""

from core.polish.accents import as_written
from core.polish.dictionary import build_cache
from core.polish.folding import fold, words
from core.polish.lemmas import index_terms, is_known, lemma, lemmas
from core.polish.queries import STOP_WORDS, mark_matches, query_terms, query_words
from core.polish.sorting import sort_key

__all__ = [
    "STOP_WORDS",
    "as_written",
    "build_cache",
    "fold",
    "index_terms",
    "is_known",
    "lemma",
    "lemmas",
    "mark_matches",
    "query_terms",
    "query_words",
    "sort_key",
    "words",
]
