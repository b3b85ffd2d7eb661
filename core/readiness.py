"""Whether the portal can serve: the database, the cache and the queue answer."""

import logging

from celery import current_app
from django.core.cache import cache
from django.db import connection

logger = logging.getLogger(__name__)


def missing():
    """Names of the parts that do not answer, in a fixed order; empty when all is well."""
    return [name for name, ask in PARTS.items() if not _answers(name, ask)]


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _cache():
    # A read suffices: it fails on a lost connection, and a readiness probe has nothing to write.
    cache.get("readyz")


def _queue():
    with current_app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=0, timeout=2)


PARTS = {"database": _database, "cache": _cache, "queue": _queue}


def _answers(name, ask):
    try:
        ask()
    except Exception as error:  # Whatever the driver raises, the answer is the same: not ready.
        logger.warning("%s does not answer: %s", name, error)
        return False
    return True
