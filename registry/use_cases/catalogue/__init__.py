"""Writing what the public pages read: the only place that touches CatalogueEntry, OfferEntry and SearchWord."""

from django.db import connection, transaction
from django.utils import timezone

from core.ahead import one_ahead
from registry.models import CatalogueEntry, OfferEntry, Organisation
from registry.use_cases.catalogue import reading, vocabulary, writing
from registry.use_cases.catalogue.entries import entries_of

CHUNK, PART = 1_000, 10_000


@transaction.atomic
def refresh(organisation_ids, *, now):
    """Write the entries of these organisations anew, in the caller's transaction; those not published lose theirs.

    What depends on the day (status, mark) is true for the day of `now`. The cards are locked until the transaction
    ends, so that of two changes at once the later one sees the earlier. Words nobody had used before are remembered
    after the commit.
    """
    refresh_each(_chunks(sorted(set(organisation_ids))), now=now)


@transaction.atomic
def refresh_each(chunks, *, now, made=False, entries_of=entries_of):
    """`refresh` of lists of ids, each written while the entries of the next are worked out.

    The next list is asked for before the last one's entries are written. With `made` the cards are new and have no
    entries to be removed. `entries_of` may be the same function in another process.
    """
    words = _write_anew(chunks, now, made=made, entries_of=entries_of)
    if words:
        with connection.cursor() as cursor:
            writing.flush_indexes(cursor)
        # Not a partial: Django asks for its name when it fails.
        transaction.on_commit(lambda: vocabulary.remember(words), robust=True)


def rebuild(*, now):
    """Write every entry anew, part by part, and forget words that no longer stand anywhere. Returns how many cards.

    Each part commits by itself: readers see old or new rows, never an empty catalogue.
    """
    shown = Organisation.objects.working()
    CatalogueEntry.objects.exclude(organisation__in=shown).delete()
    OfferEntry.objects.exclude(organisation__in=shown).delete()
    ids = list(shown.order_by("pk").values_list("pk", flat=True))
    words = set()
    for start in range(0, len(ids), PART):
        with transaction.atomic():
            words |= _write_anew(_chunks(ids[start : start + PART]), now)
    with connection.cursor() as cursor:
        writing.flush_indexes(cursor)
    vocabulary.replace(words)
    return len(ids)


def settle():
    """After many rows changed: fresh statistics, and rows marked as visible to all, without which counting is slow.

    Does nothing inside a transaction, where PostgreSQL refuses it.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '10min'")
        for model in (CatalogueEntry, OfferEntry):
            cursor.execute(f"VACUUM (ANALYZE) {connection.ops.quote_name(model._meta.db_table)}")
        cursor.execute("RESET statement_timeout")


def _chunks(ids):
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def _write_anew(chunks, now, *, made=False, entries_of=entries_of):
    """Write the entries of these cards; returns the words that stand in them.

    Half of the time is spent in the database, half in working out the entries, so the two are done side by side.
    """
    words, today = set(), timezone.localdate(now)
    with connection.cursor() as cursor:
        facts = (reading.facts(cursor, ids, today) for ids in chunks if ids)
        for entries in one_ahead(entries_of, facts):
            words |= entries.words
            for rows in entries.tables:
                if not made:
                    writing.remove(cursor, rows.table, entries.ids)
                rows.write(cursor)
    return words
