# ruff: noqa: S608 - names of our own tables and columns
"""What is done to the feed of changes beside what its triggers do."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from core import commit_order
from open_data.choices import Dataset
from open_data.models.standing import DAY, EVERYTHING

TABLE = "open_data_change"
_EVERYTHING = f"""
SELECT object_id FROM {TABLE} WHERE dataset = %s AND NOT is_withdrawn UNION {{everything}} ORDER BY 1
"""
# Whoever changes one of these waits for the rest of them: a moment.
PART = 2_000
_FORGET = f"""
WITH gone AS (DELETE FROM {TABLE} WHERE is_withdrawn AND at < %s RETURNING transaction, id),
     noted AS (INSERT INTO open_data_forgetting (transaction, change)
               SELECT transaction, id FROM gone ORDER BY transaction DESC, id DESC LIMIT 1)
SELECT count(*) FROM gone
"""


def look_again(*, now):
    """Compare everything that is public with what was last told, part by part, and tell what differs.

    Every night: for what no statement on a fact says, such as a renamed dictionary or the first day of a licence, and
    for rows written while triggers were off. After a restoration it also puts rows of the other server first.
    """
    commit_order.take_in_foreign(TABLE)
    for dataset in Dataset:
        ids = _everything(dataset)
        for start in range(0, len(ids), PART):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT set_config(%s, %s, true)", [DAY, timezone.localdate(now).isoformat()])
                touched = [dataset.value, ids[start : start + PART]]
                cursor.execute("INSERT INTO open_data_touch (dataset, ids) VALUES (%s, %s)", touched)


def _everything(dataset):
    """Ids of what the feed holds of a data set, and of what may be public today."""
    with connection.cursor() as cursor:
        cursor.execute(_EVERYTHING.format(everything=EVERYTHING[dataset]), [dataset.value])
        return [pk for (pk,) in cursor.fetchall()]


@transaction.atomic
def forget(*, now):
    """Drop the lines of what was withdrawn longer ago than settings.CHANGES_KEPT_DAYS; returns how many.

    A cursor from before the newest of them gets 410 from then on. Lines of what is public are never dropped.
    """
    limit = now - timedelta(days=settings.CHANGES_KEPT_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [limit])
        return cursor.fetchone()[0]
