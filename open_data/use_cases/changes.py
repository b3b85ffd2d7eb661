# ruff: noqa: S608 - names of our own tables and columns
"""What is done to the feed of changes beside what its triggers do."""

from django.db import connection, transaction

from core import commit_order
from open_data.choices import Dataset
from open_data.models.standing import EVERYTHING

TABLE = "open_data_change"
_TOUCH = f"""
INSERT INTO open_data_touch (dataset, ids) SELECT %s, array_agg(id)
FROM (SELECT object_id FROM {TABLE} WHERE dataset = %s AND NOT is_withdrawn UNION {{everything}}) one (id)
HAVING count(*) > 0
"""


def look_again():
    """Compare everything that is public with what was last told, one data set after another, and tell what differs.

    Every night: for what no statement on a fact says, such as a renamed dictionary or the first day of a licence, and
    for rows written while triggers were off. After a restoration it also puts rows of the other server first.
    """
    commit_order.take_in_foreign(TABLE)
    for dataset in Dataset:
        with transaction.atomic(), connection.cursor() as cursor:
            # Tens of seconds for a large register; nobody waits for it.
            cursor.execute("SET LOCAL statement_timeout = '10min'")
            cursor.execute(_TOUCH.format(everything=EVERYTHING[dataset]), [dataset.value, dataset.value])
