"""ETag of the pages made of marks: every step of a mark, every licence and every change of a card leaves a row."""

from functools import wraps

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.utils import timezone

from core import keeping
from core.navigation import has_session
from core.versions import versioned_by
from quality_mark.register.noted import by_number
from quality_mark.register.numbers import number_of
from quality_mark.register.reading import found_row

_SQL = """
SELECT (SELECT concat_ws('-', max(id), count(*)) FROM quality_mark_markstep),
       (SELECT concat_ws('-', max(id), count(*), sum(hashint8(extract(epoch FROM valid_until)::bigint)))
        FROM quality_mark_licence),
       (SELECT concat_ws('-', count(*), max(opens_on), max(announced_at), max(closes_on)) FROM quality_mark_intake),
       (SELECT concat_ws('-', count(*), max(published_at)) FROM quality_mark_rulebook),
       (SELECT concat_ws('-', max(id), count(*), sum(id)) FROM registry_cataloguechange)
"""


def version():
    with connection.cursor() as cursor:
        cursor.execute(_SQL)
        return "/".join(map(str, cursor.fetchone()))


versioned = versioned_by(version)


def row_of(request, number):
    """The row of the number in the address, read once for the version of the page and for the page itself."""
    if not hasattr(request, "mark_row"):
        meant = number_of(number)
        request.mark_row = found_row(meant) if meant else None
    return request.mark_row


def noted_of(request, number):
    """The same of a number that is no mark's: what the catalogue says of it."""
    if not hasattr(request, "noted"):
        request.noted = by_number(number[:60], timezone.localdate())
    return request.noted


def _version_of_row(request, number):
    return repr(row_of(request, number) or [one.row() for one in noted_of(request, number)])


# Of a page about one mark: other marks may change as they like.
versioned_by_row = versioned_by(_version_of_row, of_request=True)


def kept(view):
    """A view whose page is kept for the next visitor until its mark has changed, or the day has.

    Not for a visitor with a session, nor for another day than today's.
    """

    @wraps(view)
    def inner(request, number):
        if request.GET or has_session(request) or settings.DEBUG:
            return view(request, number)
        answers = []

        def drawn():
            answers.append(response := view(request, number))
            found = response.status_code == 200
            return (response.content, response.headers["Content-Type"]) if found else None

        told = _version_of_row(request, number)
        page = keeping.kept("mark", [told, timezone.localdate().isoformat(), request.build_absolute_uri()], drawn)
        return answers[0] if answers else HttpResponse(page[0], content_type=page[1])

    return inner
