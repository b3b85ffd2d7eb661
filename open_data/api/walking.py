# ruff: noqa: S608 - what is put into the SQL are names of our own columns; values are parameters
"""Keys of one page, from a queryset or from the entries that lists are made of."""

from open_data.api.keyset import beyond
from registry.sql import fetch, where

# As in registry.listing: fewer rows are found first and sorted then, more are met by walking an index in order.
FEW = 2000


def of_queryset(found):
    """A `fetch` for keyset.walk over a queryset in no order."""

    def keys(segment, values, backwards, most):
        rows = found.filter(segment.condition) if segment.condition else found
        rows = rows if values is None else rows.filter(beyond(segment, values, backwards=backwards))
        order = [f"-{field}" if falls != backwards else field for field, falls in segment.keys]
        return rows.order_by(*order).values_list(*segment.fields)[:most]

    return keys


def of_entries(model, conditions, *, words=False):
    """A `fetch` for keyset.walk over entries under these Q objects; `words` when one of them searches for words.

    One statement decides by itself how to go: left alone, PostgreSQL walks 100,000 rows in order for the dozen that it
    takes for common. The part of it that is not needed is never begun.
    """
    table, pk = model._meta.db_table, model._meta.pk.column

    def keys(segment, values, backwards, most):
        narrowed = [*conditions, *filter(None, [segment.condition])]
        condition, of_condition = where(model, narrowed)
        place, of_place = where(model, [beyond(segment, values, backwards=backwards)] if values else [])
        columns = [pk if field == "pk" else field for field in segment.fields]
        selected = ", ".join(columns)
        order = ", ".join(
            f"{column} {'DESC' if falls != backwards else 'ASC'}"
            for column, (_, falls) in zip(columns, segment.keys, strict=True)
        )
        ending = f"AND {place} ORDER BY {order} LIMIT {most}"
        walked = f"SELECT {selected} FROM {table} WHERE {condition}"
        if not narrowed:
            return fetch(f"{walked} {ending}", of_place)
        sql = (
            f"WITH few AS MATERIALIZED ({walked} LIMIT {FEW})"
            f" (SELECT {selected} FROM few {table} WHERE (SELECT count(*) FROM few) < {FEW} {ending})"
            f" UNION ALL ({walked} AND (SELECT count(*) FROM few) = {FEW} {ending})"
        )
        return fetch(sql, [*of_condition, *of_place, *of_condition, *of_place], by_index=words)

    return keys


def count_of_entries(model, conditions, *, words=False):
    sql, parameters = where(model, conditions)
    rows = fetch(f"SELECT count(*) FROM {model._meta.db_table} WHERE {sql}", parameters, by_index=words)
    return rows[0][0]
