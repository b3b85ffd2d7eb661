"""ETag of the list, its files and feeds."""

from django.db import connection
from django.utils import timezone

from core.versions import versioned_by

# Every statement that changed an entry left a row. What only time changes: the last moment for offers passes.
_SQL = """
SELECT (SELECT concat_ws('-', max(id), count(*), sum(id)) FROM procurement_entrychange),
       (SELECT concat_ws('-', count(*)) FROM procurement_postingentry WHERE type = 'ogloszenie' AND due_at > %(now)s),
       (SELECT concat_ws('-', count(*), max(loaded_at)) FROM registry_dictionaryload)
"""


def version():
    """A text that changes with everything that a visitor sees of the list. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"now": timezone.now()})
        return "/".join(map(str, cursor.fetchone()))


versioned = versioned_by(version)
