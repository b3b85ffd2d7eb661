"""Conditions written once as Q, for statements that the ORM cannot put together."""

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection

# PostgreSQL prices a look at the lexemes of a row like any comparison of two numbers. For common words it therefore
# reads every row and compares, which takes three times as long as asking the index for them.
_BEFORE, _AFTER = "SET LOCAL enable_seqscan = off; ", "; SET LOCAL enable_seqscan = on"


# Until when each offer holds the mark that is valid today: with the licence that follows, when that is signed already.
MARKS = """
    SELECT offer_id, max(valid_until) AS until FROM registry_offermark
    WHERE state = 'wazny' AND valid_until >= %(today)s GROUP BY offer_id HAVING min(granted_on) <= %(today)s
"""


def fetch(sql, parameters, *, by_index=False):
    """The rows that the statement finds; `by_index` when it searches for words. One message to the server."""
    with connection.cursor() as cursor:
        if not by_index:
            cursor.execute(sql, parameters)
            return cursor.fetchall()
        cursor.execute(_BEFORE + sql + _AFTER, parameters)
        cursor.nextset()
        return cursor.fetchall()


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
