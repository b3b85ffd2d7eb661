"""A GET never writes. Tests run every GET under this guard; it is too strict and too slow for production."""

import re
from contextlib import ExitStack, contextmanager

from django.conf import settings
from django.db import connections

from core.navigation import has_session

READS = re.compile(
    r"\s*\(?\s*(SELECT|WITH|VALUES|EXPLAIN|SHOW|SET|RESET|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b", re.I
)
WRITES = re.compile(
    r"\b(INSERT\s+INTO|UPDATE\s+(ONLY\s+)?\"?\w+\"?[\s\w.\"]*\bSET|DELETE\s+FROM|FOR\s+(NO\s+KEY\s+)?UPDATE)\b", re.I
)
SAVES_SESSION = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM) "django_session"', re.I)


class WroteOnRead(AssertionError):
    """A statement that changes data was sent where only reading is allowed."""


@contextmanager
def read_only(*, allow_session=False):
    """Raises WroteOnRead at any statement but a read, on every database connection of this thread."""

    def guard(execute, sql, params, many, context):
        text = str(sql)
        if not (allow_session and SAVES_SESSION.match(text)) and (not READS.match(text) or WRITES.search(text)):
            raise WroteOnRead(text[:300])
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(guard))
        yield


def guard_reads(get_response):
    """Middleware for tests: GET and HEAD outside the admin run under read_only().

    The session of a person who brought one may be prolonged or may lose a message it has shown.
    """

    def middleware(request):
        if request.method not in ("GET", "HEAD") or request.path_info.startswith(settings.ADMIN_PATH):
            return get_response(request)
        with read_only(allow_session=has_session(request)):
            return get_response(request)

    return middleware
