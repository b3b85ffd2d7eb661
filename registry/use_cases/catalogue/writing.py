"""Rows into and out of the tables of entries."""


def replace(cursor, model, organisation_ids, rows):
    """Put rows, dicts of column → value with the same keys throughout, in the place of all of these cards."""
    table = model._meta.db_table
    cursor.execute(f"DELETE FROM {table} WHERE organisation_id = ANY(%s)", [organisation_ids])  # noqa: S608
    if not rows:
        return
    with cursor.copy(f"COPY {table} ({', '.join(rows[0])}) FROM STDIN") as stream:
        for row in rows:
            stream.write_row(tuple(row.values()))


def flush_searches(cursor):
    """Move what the search indexes have only noted down to where searches find it quickly."""
    for index in ("registry_entry_search", "registry_offerentry_search"):
        cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])


def array(items):
    """Codes as PostgreSQL reads an array: quicker than adapting a list. No code holds a comma, quote or brace."""
    return f"{{{','.join(map(str, items))}}}"
