"""Notes that the calendar has changed. The newest tell whether a page is still true (events.calendar.versions)."""

from django.db import connection

KEPT_CHANGES = 1_000
_FORGET = """
DELETE FROM events_calendarchange WHERE id IN (
    SELECT id FROM events_calendarchange
    WHERE id <= (SELECT max(id) - %s FROM events_calendarchange) ORDER BY id FOR UPDATE SKIP LOCKED
)
"""


def forget_old_changes():
    """Every page of the calendar counts these rows, and each sign-up leaves some."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [KEPT_CHANGES])
