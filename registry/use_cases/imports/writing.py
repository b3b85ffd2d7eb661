"""New and changed rows of the register, a chunk at a time, without an object for each."""

import json
from operator import itemgetter

from django.db import models

from core.polish import sort_key
from registry.use_cases.imports.sql import copy_rows, reserve_ids, run


class Insert:
    """Collects rows of one model and copies them at `flush`. Columns not given get the model's defaults."""

    def __init__(self, model, *, now):
        self.table = model._meta.db_table
        self._defaults = {field.column: _default(field, now) for field in model._meta.concrete_fields}
        self._rows = []

    def add(self, **values):
        self._rows.append({**self._defaults, **values})

    def reserve(self, count):
        """Iterator over `count` fresh ids, for rows that others will point to before they are written."""
        return iter(reserve_ids(self.table, count))

    def flush(self):
        """Write what was added. Either all rows were given an id or none."""
        rows, self._rows = self._rows, []
        if rows:
            columns = [column for column in rows[0] if column != "id" or rows[0]["id"] is not None]
            in_order = itemgetter(*columns)
            copy_rows(self.table, columns, [in_order(row) for row in rows])


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
