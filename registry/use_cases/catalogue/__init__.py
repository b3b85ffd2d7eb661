"""Writing what the public pages read: the only place that touches CatalogueEntry, OfferEntry and SearchWord."""

from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from registry.models import CatalogueChange, CatalogueEntry, OfferEntry, Organisation
from registry.use_cases.catalogue import reading, vocabulary, writing
from registry.use_cases.catalogue.entries import card_row, offer_row

CHUNK = 2000


@transaction.atomic
def refresh(organisation_ids, *, now):
    """Write the entries of these organisations anew, in the caller's transaction; those not published lose theirs.

    What depends on the day (status, mark) is true for the day of `now`. The cards are locked until the transaction
    ends, so that of two changes at once the later one sees the earlier. Words nobody had used before are remembered
    after the commit.
    """
    ids = sorted(set(organisation_ids))
    words = set()
    for start in range(0, len(ids), CHUNK):
        _refresh_chunk(ids[start : start + CHUNK], timezone.localdate(now), words)
    with connection.cursor() as cursor:
        writing.flush_searches(cursor)
    if words:
        transaction.on_commit(partial(vocabulary.remember, words), robust=True)


def rebuild(*, now):
    """Write every entry anew, chunk by chunk, and forget words that no longer stand anywhere. Returns how many cards.

    Each chunk commits by itself: readers see old or new rows, never an empty catalogue.
    """
    gone = Organisation.objects.published()
    CatalogueEntry.objects.exclude(organisation__in=gone).delete()
    OfferEntry.objects.exclude(organisation__in=gone).delete()
    ids = list(gone.order_by("pk").values_list("pk", flat=True))
    words = set()
    for start in range(0, len(ids), CHUNK):
        with transaction.atomic():
            _refresh_chunk(ids[start : start + CHUNK], timezone.localdate(now), words)
    with connection.cursor() as cursor:
        writing.flush_searches(cursor)
    vocabulary.replace(words)
    return len(ids)


def settle():
    """After many rows changed: fresh statistics, and rows marked as visible to all, without which counting is slow.

    Does nothing inside a transaction, where PostgreSQL refuses it.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        for model in (CatalogueEntry, OfferEntry):
            cursor.execute(f"VACUUM (ANALYZE) {connection.ops.quote_name(model._meta.db_table)}")


def forget_changes():
    """Drop the notes of changes but the newest hundred: a page's version needs only that they differ."""
    newest = CatalogueChange.objects.order_by("-pk").values_list("pk", flat=True)[100:101].first()
    if newest:
        CatalogueChange.objects.filter(pk__lte=newest).delete()


def _refresh_chunk(ids, today, words):
    with connection.cursor() as cursor:
        cursor.execute(reading.LOCK, [ids])
        cursor.execute(reading.CARDS, {"ids": ids, "today": today})
        cards = reading.rows(cursor)
        cursor.execute(reading.OFFERS, {"ids": [card.id for card in cards], "today": today})
        offers = reading.grouped(reading.rows(cursor))
        bits = reading.category_bits(cursor)
        card_rows, offer_rows = [], []
        for card in cards:
            mine = offers.get(card.id, [])
            card_rows.append(card_row(card, mine, words, bits))
            offer_rows += [offer_row(offer, card, words) for offer in mine]
        for table in (CatalogueEntry, OfferEntry):
            writing.delete(cursor, table, ids)
        writing.copy(cursor, CatalogueEntry, card_rows)
        writing.copy(cursor, OfferEntry, offer_rows)
