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
_TOUCH = f"""
INSERT INTO open_data_touch (dataset, ids) SELECT %s, array_agg(id)
FROM (SELECT object_id FROM {TABLE} WHERE dataset = %s AND NOT is_withdrawn UNION {{everything}}) one (id)
HAVING count(*) > 0
"""

_FORGET = f"""
WITH gone AS (DELETE FROM {TABLE} WHERE is_withdrawn AND at < %s RETURNING transaction, id),
     noted AS (INSERT INTO open_data_forgetting (transaction, change)
               SELECT transaction, id FROM gone ORDER BY transaction DESC, id DESC LIMIT 1)
SELECT count(*) FROM gone
"""


def look_again(*, now):
    """Compare everything that is public with what was last told, one data set after another, and tell what differs.

    Every night: for what no statement on a fact says, such as a renamed dictionary or the first day of a licence, and
    for rows written while triggers were off. After a restoration it also puts rows of the other server first.
    """
    commit_order.take_in_foreign(TABLE)
    for dataset in Dataset:
        with transaction.atomic(), connection.cursor() as cursor:
            # Tens of seconds for a large register; nobody waits for it.
            cursor.execute("SET LOCAL statement_timeout = '10min'")
            cursor.execute("SELECT set_config(%s, %s, true)", [DAY, timezone.localdate(now).isoformat()])
            cursor.execute(_TOUCH.format(everything=EVERYTHING[dataset]), [dataset.value, dataset.value])


@transaction.atomic
def forget(*, now):
    """Drop the lines of what was withdrawn longer ago than settings.CHANGES_KEPT_DAYS; returns how many.

    A cursor from before the newest of them gets 410 from then on. Lines of what is public are never dropped.
    """
    limit = now - timedelta(days=settings.CHANGES_KEPT_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [limit])
        return cursor.fetchone()[0]
