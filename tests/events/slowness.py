"""Makes the gap between the look for a free place and the row that takes it wide, so that only a lock can help."""

from contextlib import contextmanager

from django.db import connection

SLOW = """
CREATE FUNCTION slow_sign_up() RETURNS trigger AS $$
BEGIN PERFORM pg_sleep({seconds}); RETURN NEW; END $$ LANGUAGE plpgsql;
CREATE TRIGGER slow_sign_up BEFORE INSERT ON events_registration FOR EACH ROW EXECUTE FUNCTION slow_sign_up();
"""


@contextmanager
def slow_sign_ups(seconds):
    with connection.cursor() as cursor:
        cursor.execute(SLOW.format(seconds=seconds))
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION slow_sign_up CASCADE")
