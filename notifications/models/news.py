# ruff: noqa: S608 - what is put into the SQL are names of our own tables and columns
"""That a row of a list is new or has changed in what a visitor may ask for, and in which transaction.

One row for each row of a list, whoever writes that and however: a trigger compares what counts as news with what was
last noted. So writing a list anew, as every week, is no news, and nobody has to remember to tell.
"""

import pgtrigger
from django.db import models

NOTE = """
INSERT INTO notifications_news (kind, item, fingerprint, transaction)
SELECT '{kind}', came.{key}, f.value, pg_current_xact_id()::text::bigint
FROM {rows} came CROSS JOIN LATERAL (SELECT hash_record_extended(ROW({columns}), 0)) f (value)
LEFT JOIN notifications_news noted ON noted.kind = '{kind}' AND noted.item = came.{key}
WHERE noted.fingerprint IS DISTINCT FROM f.value
ORDER BY came.{key}
ON CONFLICT (kind, item) DO UPDATE SET fingerprint = excluded.fingerprint, transaction = excluded.transaction;
"""


class News(models.Model):
    """`kind` is the name of a notifications.searches.Search, `item` the key of a row of its list."""

    kind = models.CharField(max_length=30)
    item = models.BigIntegerField()
    # 64 bits of a hash of what counts as news.
    fingerprint = models.BigIntegerField()
    # Orders what came by what became visible (core.commit_order); 0 for what was there before anybody asked.
    transaction = models.BigIntegerField()

    class Meta:
        verbose_name = "nowość"
        verbose_name_plural = "nowości"
        constraints = [models.UniqueConstraint(fields=["kind", "item"], name="notifications_news_of_row")]
        indexes = [models.Index(fields=["kind", "transaction"], name="notifications_news_since")]

    def __str__(self):
        return f"{self.kind}: {self.item}"


def noting(kind, key, columns):
    """Triggers that note what changes in the named columns of a table; `key` is its primary key."""
    return [
        pgtrigger.Trigger(
            name=f"news_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(new="came_now"),
            func=f"{_sql(kind, key, columns, 'came_now')} RETURN NULL;",
        )
        for name, operation in (("insert", pgtrigger.Insert), ("update", pgtrigger.Update))
    ]


def fill(kind, key, columns, table):
    """SQL for a migration: takes what stands in the table for known. Without it everything would be news once."""
    return f"{_sql(kind, key, columns, table)} UPDATE notifications_news SET transaction = 0 WHERE kind = '{kind}';"


def _sql(kind, key, columns, rows):
    chosen = ", ".join(f"came.{column}" for column in columns.split())
    return NOTE.format(kind=kind, key=key, columns=chosen, rows=rows)
