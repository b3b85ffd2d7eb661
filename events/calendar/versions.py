"""ETag of the pages, feeds and files of the calendar."""

from django.db import connection
from django.utils import timezone

from core.versions import versioned_by

# Every statement that changed something of the calendar left a row (events.models.changes), places taken included.
# What only time changes: an event begins, its sign-up opens or closes; one that is over leaves the first two counts.
_SQL = """
SELECT (SELECT concat_ws('-', max(id), count(*), sum(id)) FROM events_calendarchange),
       (SELECT concat_ws('-', count(*), count(*) FILTER (WHERE starts_at <= %(now)s),
                         count(*) FILTER (WHERE signup_opens_at <= %(now)s),
                         count(*) FILTER (WHERE signup_closes_at <= %(now)s))
        FROM events_event WHERE ends_at > %(now)s AND state <> 'szkic'),
       (SELECT concat_ws('-', count(*), max(loaded_at)) FROM registry_dictionaryload)
"""


def version():
    """A text that changes with everything that a visitor sees of the calendar. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"now": timezone.now()})
        return "/".join(map(str, cursor.fetchone()))


versioned = versioned_by(version)
