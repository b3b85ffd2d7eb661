"""ETag of the pages made of marks: every step of a mark, every licence and every change of a card leaves a row."""

from django.db import connection

from core.versions import versioned_by

_SQL = """
SELECT (SELECT concat_ws('-', max(id), count(*)) FROM quality_mark_markstep),
       (SELECT concat_ws('-', max(id), count(*), sum(hashint8(extract(epoch FROM valid_until)::bigint)))
        FROM quality_mark_licence),
       (SELECT concat_ws('-', count(*), max(opens_on), max(announced_at), max(closes_on)) FROM quality_mark_intake),
       (SELECT concat_ws('-', max(id), count(*), sum(id)) FROM registry_cataloguechange)
"""


def version():
    with connection.cursor() as cursor:
        cursor.execute(_SQL)
        return "/".join(map(str, cursor.fetchone()))


versioned = versioned_by(version)
