# ruff: noqa: S608 - what is put into the SQL are names of our own columns
"""Adding up for good what is counted beside the filters."""

from django.db import connection

_SUMS = (
    ("procurement_entrycell", "cell, type, county_id, nature, year, clauses, articles"),
    ("procurement_entrybuyer", "cell, buyer_id"),
)


def compact():
    """One row for each sort in place of all that were added since. Whoever reads or adds meanwhile is not waited for:
    what they add stays beside. Of two at once the later one finds nothing left to do."""
    with connection.cursor() as cursor:
        for table, columns in _SUMS:
            cursor.execute(
                f"WITH gone AS (DELETE FROM {table} RETURNING {columns}, n)"
                f" INSERT INTO {table} ({columns}, n)"
                f" SELECT {columns}, sum(n) FROM gone GROUP BY {columns} HAVING sum(n) <> 0"
            )
