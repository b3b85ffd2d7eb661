"""ETag of the pages made of entries."""

from django.db import connection

from core.versions import versioned_by

# Every statement that changed an entry left a row; late commits change the number of rows, not the newest.
_SQL = """
SELECT (SELECT concat_ws('-', max(id), count(*), sum(id)) FROM registry_cataloguechange),
       (SELECT concat_ws('-', count(*), max(loaded_at)) FROM registry_dictionaryload)
"""


def version():
    """A text that changes with every committed change of an entry or a dictionary. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL)
        return "/".join(map(str, cursor.fetchone()))


versioned = versioned_by(version)
