"""What is counted beside the filters of /zamowienia/, kept until an entry changes or a deadline passes.

To count takes as long as all the rest of the page together, for a word of half of all orders five times as long. What
took long once is noted, and the worker counts it anew, with the commonest words, before the next visitor asks.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from time import perf_counter

from django.core.cache import cache
from django.db import connection
from django.db.models import Q
from redis.exceptions import RedisError

from core.keeping import kept
from core.versions import release
from procurement.choices import EntryType
from procurement.models import PostingEntry
from procurement.outlets import facets
from procurement.outlets.versions import version
from registry.facets import count
from registry.search import Search
from registry.sql import where

# Short: who tries all filters one after another would fill the cache.
KEPT_SECONDS = 900
# What the worker counts is few and often: it stands until the worker surely was there again.
AHEAD_SECONDS = 3_600
# Seconds from which on a count is worth an effort beforehand, and of how many questions that people really asked.
LONG, MOST, NOTED_SECONDS = 0.015, 40, 86_400
# What few orders meet takes no time, and might tell what somebody is after.
LEAST = 1_000
# Words that stand in such a part of all orders are counted though nobody has asked yet.
COMMON = 0.2

# What the statistics of PostgreSQL know of lexemes, without the letter before each, and the words that begin like one.
_WORDS = """
WITH common AS MATERIALIZED (
    SELECT substr(lexeme, 2) AS term, sum(part) AS part
    FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS one (lexeme, part)
    WHERE schemaname = current_schema() AND tablename = %s AND attname = 'search' AND lexeme ~ '^[a-z]{4,}$'
    GROUP BY 1 HAVING sum(part) >= %s
)
SELECT term, display FROM common JOIN procurement_postingword ON starts_with(folded, left(term, 4))
ORDER BY part DESC, display
"""


def is_open(now):
    """Offers may still be made."""
    return Q(type=EntryType.NOTICE, due_at__gt=now)


def counted(conditions, *, now, of_version):
    """registry.facets.Counts of entries under `conditions`, {name of a filter: Q}. At most one query.

    `of_version` as procurement.outlets.versions.version tells it.
    """

    def make():
        started = perf_counter()
        counts = _count(conditions, now)
        if perf_counter() - started >= LONG and counts.total >= LEAST and "open" not in conditions:
            _note(conditions, now)
        return counts

    return kept("orders", [of_version, *_question(conditions)], make, seconds=KEPT_SECONDS)


def count_ahead(now):
    """Count what takes long and is not kept; how many questions that are."""
    questions = [*({"q": condition} for condition in _common_words()), *_noted(now)]
    # Of the moment that is counted for: a deadline that passes meanwhile must not give old counts to its successor.
    of_version = version(now) if questions else ""
    for conditions in questions:
        make = partial(_count, conditions, now)
        kept("orders", [of_version, *_question(conditions)], make, seconds=AHEAD_SECONDS)
    return len(questions)


def _count(conditions, now):
    return count(facets.POSTINGS, conditions, also={"open": is_open(now)})


def _question(conditions):
    """What is asked, as texts. The moment itself says nothing: the version tells how many deadlines lie ahead."""
    sql, parameters = where(PostingEntry, conditions.values())
    return [*conditions, sql, *(str(one) for one in parameters if not isinstance(one, datetime))]


def _common_words():
    """Conditions of the words of many orders, as people may write them: one form has other terms than another."""
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [PostingEntry._meta.db_table, COMMON])
        searches = [(term, Search(word)) for term, word in cursor.fetchall()]
    found = {
        str(search.condition): search.condition
        for term, search in searches
        if search.words and term in search.words[0]
    }
    return list(found.values())[:MOST]


def _noted(now):
    """Conditions that somebody waited for within a day."""
    return [conditions for conditions, at in _notes() if at > now - timedelta(seconds=NOTED_SECONDS)]


def _note(conditions, now):
    """Of two that note at once one may be lost: whoever asks next notes it again."""
    others = [(noted, at) for noted, at in _notes() if noted != conditions]
    with suppress(RedisError, OSError):
        cache.set(_notes_key(), [*others, (conditions, now)][-MOST:], NOTED_SECONDS)


def _notes():
    with suppress(RedisError, OSError):
        return cache.get(_notes_key()) or []
    return []


def _notes_key():
    """Conditions name columns, and other code may have others."""
    return f"orders-long:{release()}"
