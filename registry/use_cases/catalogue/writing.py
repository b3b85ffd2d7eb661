"""What is done to the tables of entries beside filling them."""

from django.contrib.postgres.indexes import GinIndex

from registry.models import CatalogueEntry, OfferEntry


def remove(cursor, table, organisation_ids):
    cursor.execute(f"DELETE FROM {table} WHERE organisation_id = ANY(%s)", [organisation_ids])  # noqa: S608


def flush_indexes(cursor):
    """Move what the GIN indexes have only noted down to where readers find it quickly."""
    for model in (CatalogueEntry, OfferEntry):
        for index in model._meta.indexes:
            if isinstance(index, GinIndex):
                cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index.name])


def array(items):
    """Codes as PostgreSQL reads an array: quicker than adapting a list. No code holds a comma, quote or brace."""
    return f"{{{','.join(map(str, items))}}}"
