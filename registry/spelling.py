# ruff: noqa: S608 - what is put into the SQL are names of our own tables; values are parameters
""" "Czy chodziło o…": the word of the entries that a mistyped word most resembles."""

import re
from difflib import SequenceMatcher
from os.path import commonprefix

from django.db import connection

from core.polish import as_written, fold, is_known, query_terms, words
from registry.search import Field, Search

_CANDIDATES = 12
_SHORTEST = 4
# A right word that stands nowhere is hardly a typing error: only a word that begins like it, or is nearly it, helps.
_COMMON_BEGINNING = 5
_NEARLY = 0.85
_MOST_SOUNDS = 32
# What Polish writes in two ways and says in one.
_SOUNDS = [("ó", "u"), ("rz", "ż"), ("ch", "h"), ("om", "ą"), ("on", "ą"), ("em", "ę"), ("en", "ę"), ("w", "f")]
# Words that some entry has are left alone. For each other one: words that sound the same, and those most like it by
# trigrams (an index answers both).
_SQL = """
SELECT asked.word, known.folded, known.display
FROM unnest(%s::text[], %s::text[]) AS asked (word, query)
CROSS JOIN LATERAL (
    SELECT folded, display FROM {words}
    WHERE (folded %% asked.word OR folded = ANY (
        ARRAY(SELECT sound FROM unnest(%s::text[], %s::text[]) AS heard (word, sound) WHERE heard.word = asked.word)
    )) AND NOT EXISTS (SELECT FROM {table} WHERE search @@ asked.query::tsquery)
    ORDER BY similarity(folded, asked.word) DESC, folded LIMIT {limit}
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
    sounds = {folded: _sounds(typed[folded]) for folded in asked}
    better = {}
    for word, folded, display in _candidates(model, asked, sounds):
        likeness = (folded in sounds[word], SequenceMatcher(None, word, folded).ratio())
        if is_known(typed[word]) and likeness < (False, _NEARLY) and not _begin_alike(word, folded):
            continue
        if likeness > better.get(word, ((),))[0]:
            better[word] = likeness, display
    text = search.text
    for word, (_, display) in better.items():
        text = re.sub(rf"(?<!\w){re.escape(typed[word])}(?!\w)", _like(display), text, flags=re.IGNORECASE)
    return Search(text) if text != search.text else None


def replaces_right_word(search, better):
    """Whether `better`, from `closest`, gave up a word that is no typing error: "betoniarnia" for "betoniarka"."""
    gone = set(words(search.text.lower())) - set(words(better.text.lower()))
    return any(map(is_known, gone))


def _candidates(model, asked, sounds):
    pairs = [(word, sound) for word, alike in sounds.items() for sound in alike]
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL.format(table=model._meta.db_table, words=model.words_table, limit=_CANDIDATES),
            [list(asked), list(asked.values()), [word for word, _ in pairs], [sound for _, sound in pairs]],
        )
        return cursor.fetchall()


def _begin_alike(word, other):
    return len(commonprefix([word, other])) >= _COMMON_BEGINNING


def _like(display):
    """A function for re.sub: the word with Polish letters, in capitals where those were typed or names have them."""
    right = as_written(display)

    def replacement(found):
        typed = found[0]
        if typed.isupper():
            return right.upper()
        return right[0].upper() + right[1:] if typed[0].isupper() else right

    return replacement


def _query(word):
    terms = query_terms(word, stop_words=False)
    return " | ".join(field + term for term in sorted(set().union(*terms)) for field in Field)


def _sounds(word):
    """Folded words that are said like this one: "biór" → {"biur"}. At most two letters differ."""
    heard = {word}
    for _ in range(2):
        for known in list(heard)[:_MOST_SOUNDS]:
            for one, other in _SOUNDS:
                for here, there in ((one, other), (other, one)):
                    heard |= {known[: at.start()] + there + known[at.end() :] for at in re.finditer(here, known)}
    return {fold(known) for known in heard} - {fold(word)}
