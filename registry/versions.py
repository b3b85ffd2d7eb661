"""ETag of the pages made of entries: told from a few small rows, before anything is searched for or drawn."""

from functools import cache, wraps
from hashlib import blake2b

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import condition

from core.navigation import has_session

# Every statement that changed an entry left a row; late commits change the number of rows, not the newest.
_SQL = """
SELECT (SELECT concat_ws('-', max(id), count(*), sum(id)) FROM registry_cataloguechange),
       (SELECT concat_ws('-', count(*), max(loaded_at)) FROM registry_dictionaryload)
"""


def versioned(view):
    """Answers 304 when the browser holds the page as it would be drawn now. Not for a visitor with a session.

    Vary: the same address gives htmx a part of the page, and a signed-in person another masthead.
    """
    view = condition(etag_func=_etag)(view)

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie", "HX-Request", "HX-History-Restore-Request"])
        if has_session(request):
            patch_cache_control(response, private=True, no_cache=True)
        else:
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return wrapped


def version():
    """A text that changes with every committed change of an entry or a dictionary. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL)
        return "/".join(map(str, cursor.fetchone()))


def _etag(request, *args, **kwargs):
    if has_session(request) or settings.DEBUG:
        return None
    parts = (
        version(),
        _release(),
        timezone.localdate().isoformat(),
        request.build_absolute_uri(),
        request.headers.get("HX-Request", ""),
        request.headers.get("HX-History-Restore-Request", ""),
    )
    return f'"{blake2b("|".join(parts).encode(), digest_size=12).hexdigest()}"'


@cache
def _release():
    """Changes when the templates or the code do."""
    digest = blake2b(digest_size=8)
    for folder, pattern in (("templates", "*.html"), ("core", "*.py"), ("registry", "*.py")):
        for path in sorted((settings.BASE_DIR / folder).rglob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
