"""Rows in bulk, past the ORM: an import of 100,000 rows cannot afford an object for each."""

from django.db import connection


def fetch(query, params=()):
    """All rows as tuples."""
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall()


def run(query, params=()):
    """Number of rows touched."""
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.rowcount


def analyze(*models):
    """Fresh statistics, also of rows not committed yet: without them thousands of new rows are read one by one."""
    run("SET LOCAL default_statistics_target = 10")
    run(f"ANALYZE {', '.join(model._meta.db_table for model in models)}")


def reserve_ids(table, count):
    """`count` fresh numbers of the sequence behind table.id."""
    if not count:
        return []
    query = """SELECT array_agg(nextval(sequence))
               FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence OFFSET 0) AS found,
                    generate_series(1, %s)"""
    [(numbers,)] = fetch(query, [table, count])
    return numbers


def copy_rows(table, columns, rows):
    """COPY tuples in the order of `columns`."""
    if not rows:
        return
    quoted = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({quoted}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
