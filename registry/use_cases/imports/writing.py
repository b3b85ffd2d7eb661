"""New and changed rows of the register, a chunk at a time, without an object for each."""

import json

from django.db import connection, models

from core.copying import Rows
from core.polish import sort_key
from registry.use_cases.imports.sql import run


class Insert(Rows):
    """Collects rows of one model. Columns not given get the model's defaults."""

    def __init__(self, model, *, now):
        concrete = (column for column in model._meta.concrete_fields if not column.primary_key)
        super().__init__(model._meta.db_table, {column.column: _default(column, now) for column in concrete})

    def flush(self):
        """COPY the rows; statement-level triggers fire once for all of them.

        The history context reaches the triggers through a setting of the transaction, so some ordinary statement must
        have been executed before in the same transaction and inside `pghistory.context`.
        """
        with connection.cursor() as cursor:
            self.write(cursor)


class Inserts(dict):
    """{model: Insert}, made when first asked for."""

    def __init__(self, *, now):
        super().__init__()
        self.now = now

    def __missing__(self, model):
        self[model] = Insert(model, now=self.now)
        return self[model]

    def flush(self, *models):
        """Write the rows of these models, in this order."""
        for model in models:
            self[model].flush()


def _default(field, now):
    if field.column in ("created_at", "updated_at"):
        return now
    value = field.get_default()
    return json.dumps(value) if isinstance(field, models.JSONField) else value


def update(model, changes, *, now):
    """Write {id: {column: value}}; rows may change different columns. Dates as ISO text, lists as lists.

    One statement, so that the history trigger runs once.
    """
    if not changes:
        return
    table = model._meta.db_table
    clock = (
        {"updated_at": now.isoformat()} if any(f.column == "updated_at" for f in model._meta.concrete_fields) else {}
    )
    for values in changes.values():
        values.update(clock)
        if "name" in values:
            values["sort_key"] = sort_key(values["name"])
    columns = sorted({column for values in changes.values() for column in values})
    assigned = ", ".join(f'"{column}"' for column in columns)
    taken = ", ".join(f'filled."{column}"' for column in columns)
    query = f"""
        UPDATE "{table}" AS t SET ({assigned}) = (
            SELECT {taken} FROM jsonb_populate_record(t, given.change) AS filled)
        FROM unnest(%s::bigint[], %s::jsonb[]) AS given(id, change) WHERE t.id = given.id"""  # noqa: S608
    run(query, [list(changes), [json.dumps(values) for values in changes.values()]])
