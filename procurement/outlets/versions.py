"""ETag of the list, its files and feeds, and of pages of plans, orders and figures."""

from django.db import connection
from django.utils import timezone

from core.versions import versioned_by

# Every statement that changed an entry, or what pages show beside it, left a row. What only time changes: the last
# moment for offers passes.
_SQL = """
SELECT (SELECT concat_ws('-', max(id), count(*), sum(id)) FROM procurement_entrychange),
       (SELECT concat_ws('-', count(*)) FROM procurement_postingentry WHERE type = 'ogloszenie' AND due_at > %(now)s),
       (SELECT concat_ws('-', count(*), max(loaded_at)) FROM registry_dictionaryload)
"""

# Who can do it, and the card of a supplier.
_OF_REGISTER = "(SELECT concat_ws('-', max(id), count(*), sum(id)) FROM registry_cataloguechange)"


def version(now=None):
    """A text that changes with everything that a visitor sees of the list at `now`, this moment without. One query."""
    return _version(_SQL, now)


def version_of_pages():
    """The same of the pages of plans, orders and figures."""
    return _version(f"{_SQL.rstrip()}, {_OF_REGISTER}")


def _version(sql, now=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, {"now": now or timezone.now()})
        return "/".join(map(str, cursor.fetchone()))


versioned, versioned_page = versioned_by(version), versioned_by(version_of_pages)
