"""Rows into and out of the tables of entries."""

from typing import NamedTuple

from django.contrib.postgres.indexes import GinIndex

from core import copying
from registry.models import CatalogueEntry, OfferEntry


class Table(NamedTuple):
    """Rows of a table as COPY reads them."""

    name: str
    columns: tuple
    text: str


class Rows:
    """Collects rows, dicts of column → value with the same keys throughout; `table` is what came of them."""

    def __init__(self, model):
        self._name, self._columns, self._lines = model._meta.db_table, (), []

    def add(self, row):
        self._columns = self._columns or tuple(row)
        self._lines.append(copying.line(map(copying.field, row.values())))

    @property
    def table(self):
        return Table(self._name, self._columns, "".join(self._lines))


def remove(cursor, table, organisation_ids):
    cursor.execute(f"DELETE FROM {table} WHERE organisation_id = ANY(%s)", [organisation_ids])  # noqa: S608


def write(cursor, table):
    if table.text:
        with cursor.copy(f"COPY {table.name} ({', '.join(table.columns)}) FROM STDIN") as stream:
            stream.write(table.text)


def flush_indexes(cursor):
    """Move what the GIN indexes have only noted down to where readers find it quickly."""
    for model in (CatalogueEntry, OfferEntry):
        for index in model._meta.indexes:
            if isinstance(index, GinIndex):
                cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index.name])


def array(items):
    """Codes as PostgreSQL reads an array: quicker than adapting a list. No code holds a comma, quote or brace."""
    return f"{{{','.join(map(str, items))}}}"
