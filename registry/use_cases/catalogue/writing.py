"""COPY into the tables of entries."""


def copy(cursor, model, rows):
    """Add rows, dicts of column → value with the same keys throughout."""
    if not rows:
        return
    columns = ", ".join(rows[0])
    with cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as stream:
        for row in rows:
            stream.write_row(tuple(row.values()))


def array(items):
    """Codes as PostgreSQL reads an array: quicker than adapting a list. No code holds a comma, quote or brace."""
    return f"{{{','.join(map(str, items))}}}"
