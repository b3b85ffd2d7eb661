"""Which files of the storage some row names: a FileField of any model, its history too, or a value inside JSON."""

import re

from django.apps import apps
from django.db import connection, models

_beside = {}


def keep_beside(label, field, name_of):
    """Says that with each file of this field another lies in the storage: `name_of(name)`, a smaller picture."""
    _beside[(label, field)] = name_of


def names_of(row):
    """All files that a row names, with those that lie beside them."""
    found = []
    for field in file_fields(type(row)):
        if name := getattr(row, field.attname).name:
            found += _with_beside(type(row)._meta.label, field.name, name)
    return found


def file_fields(model):
    return [one for one in model._meta.concrete_fields if isinstance(one, models.FileField)]


def stored_models():
    """Every model with a table of its own, tables of history among them."""
    return [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy]


def unnamed(names):
    """Those of these files that no row names. JSON is long to read: it is asked only about what is left by then."""
    known = named_by_fields()
    left = [name for name in names if name not in known]
    known = named_inside_json({name.rpartition("/")[0] for name in left})
    return [name for name in left if name not in known]


def named_by_fields():
    """Rows of history count: nobody guesses whether their files are still wanted."""
    found = set()
    for model in stored_models():
        tracked = getattr(model, "pgh_tracked_model", model)
        for field in file_fields(model):
            rows = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
            for name in rows.iterator():
                found.update(_with_beside(tracked._meta.label, field.name, name))
    return found


def named_inside_json(folders):
    """Texts inside JSON that begin like the names of files in these folders: answers to questions are such names."""
    found = set()
    for model in stored_models() if folders else ():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.JSONField):
                found |= _inside(model, field, folders)
    return found


def _with_beside(label, field, name):
    name_of = _beside.get((label, field))
    return [name, name_of(name)] if name_of else [name]


def _inside(model, field, folders):
    table, column = map(connection.ops.quote_name, (model._meta.db_table, field.column))
    query = f"""
        SELECT DISTINCT m[1] FROM {table}, regexp_matches({column}::text, %s, 'g') AS m
        WHERE {column}::text LIKE ANY(%s)"""  # noqa: S608 - our tables
    beginnings = "|".join(map(re.escape, sorted(folders)))
    with connection.cursor() as cursor:
        cursor.execute(query, [f'"((?:{beginnings})/[^"]+)"', [f'%"{folder}/%' for folder in folders]])
        return {name for (name,) in cursor.fetchall()}
