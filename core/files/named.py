"""Which files of the storage some row names: a FileField of any model, its history too, or a value inside JSON."""

import re

from django.apps import apps
from django.core.files.storage import default_storage
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


def named():
    """The names of all files that are in use. Rows of history count: nobody guesses whether they are still wanted."""
    found = set()
    for model in stored_models():
        tracked = getattr(model, "pgh_tracked_model", model)
        for field in file_fields(model):
            rows = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
            for name in rows.iterator():
                found.update(_with_beside(tracked._meta.label, field.name, name))
        for field in model._meta.concrete_fields:
            if isinstance(field, models.JSONField):
                found |= _inside(model, field)
    return found


def _with_beside(label, field, name):
    name_of = _beside.get((label, field))
    return [name, name_of(name)] if name_of else [name]


def _inside(model, field):
    """Texts inside JSON that begin like the name of a stored file: answers to questions hold such names."""
    table, column = map(connection.ops.quote_name, (model._meta.db_table, field.column))
    folders = "|".join(map(re.escape, default_storage.listdir("")[0] if default_storage.exists("") else ()))
    if not folders:
        return set()
    query = f"SELECT DISTINCT m[1] FROM {table}, regexp_matches({column}::text, %s, 'g') AS m"  # noqa: S608 - our tables
    with connection.cursor() as cursor:
        cursor.execute(query, [f'"((?:{folders})/[^"]+)"'])
        return {name for (name,) in cursor.fetchall()}
