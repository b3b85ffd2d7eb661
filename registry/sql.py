"""Conditions written once as Q, for statements that the ORM cannot put together."""

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection


def where(model, conditions):
    """(SQL, parameters) of all these Q objects together; columns carry the name of the model's table.

    So the SQL fits wherever something is called by that name: the table itself, or a WITH query under an alias.
    """
    compiler = model.objects.filter(*conditions).query.get_compiler(connection=connection)
    try:
        sql, parameters = compiler.compile(compiler.query.where)
    except EmptyResultSet:
        return "FALSE", []
    except FullResultSet:
        return "TRUE", []
    return sql or "TRUE", list(parameters)
