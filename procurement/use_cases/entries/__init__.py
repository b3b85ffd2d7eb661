"""Writing what the public list reads: the only place that touches PostingEntry and PostingWord."""

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, transaction
from django.utils import timezone

from core.copying import Rows
from procurement.models import Posting, PostingEntry, PostingWord
from procurement.ocds.feed import take_in_foreign
from procurement.use_cases.entries import reading, rows
from procurement.use_cases.entries.counting import compact
from procurement.use_cases.releases import tell
from registry.use_cases.catalogue import vocabulary
from registry.use_cases.catalogue.lexemes import words_of

CHUNK, PART = 1_000, 10_000


@transaction.atomic
def refresh(posting_ids, *, now):
    """Write the entries of these postings anew, in the caller's transaction; those not public lose theirs.

    What is new about them is told to those who read OCDS. The postings are locked until the transaction ends, so that
    of two changes at once the later one sees the earlier. Words not used before are remembered after the commit.
    """
    ids = sorted(set(posting_ids))
    words = _write_anew(ids)
    tell(ids, now=now)
    if words:
        _flush_indexes()
        transaction.on_commit(lambda: vocabulary.remember(words, model=PostingWord), robust=True)


def rebuild(*, now=None):
    """Write every entry anew, part by part, and forget words that no longer stand anywhere. Returns how many entries.

    Each part commits by itself. Also tells what is public and has not been told yet. To be done after a restoration.
    """
    now = now or timezone.now()
    take_in_foreign()
    ids = list(Posting.objects.order_by("pk").values_list("pk", flat=True))
    words = set()
    for start in range(0, len(ids), PART):
        part = ids[start : start + PART]
        with transaction.atomic():
            words |= _write_anew(part)
            tell(part, now=now)
    _flush_indexes()
    vocabulary.replace(words, model=PostingWord)
    compact()
    return PostingEntry.objects.count()


def _write_anew(ids):
    """Write the entries of these postings; returns the words that stand in them."""
    words, table = set(), PostingEntry._meta.db_table
    with connection.cursor() as cursor:
        for start in range(0, len(ids), CHUNK):
            chunk, texts, found = ids[start : start + CHUNK], set(), Rows(table)
            items, notices = reading.facts(cursor, chunk)
            for item in items:
                found.add(**rows.item_row(item, texts))
            for notice in notices:
                found.add(**rows.notice_row(notice, texts))
            cursor.execute(f"DELETE FROM {table} WHERE posting_id = ANY(%s)", [chunk])  # noqa: S608
            found.write(cursor)
            words |= words_of(texts)
    return words


def _flush_indexes():
    """Move what the GIN indexes have only noted down to where readers find it quickly."""
    with connection.cursor() as cursor:
        for index in PostingEntry._meta.indexes:
            if isinstance(index, GinIndex):
                cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index.name])
