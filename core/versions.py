"""ETag of pages made of rows that note their changes: told before anything is searched for or drawn."""

from functools import cache, wraps
from hashlib import blake2b

from django.conf import settings
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import condition

from core.navigation import has_session


def versioned_by(version, *, of_request=False):
    """A decorator of views. `version()` is a text that changes with every change of what they show.

    With `of_request` it is given what the view is given, and tells of this page alone.

    Answers 304 when the browser holds the page as it would be drawn now. Not for a visitor with a session. Vary: the
    same address gives htmx a part of the page, and a signed-in person another masthead.
    """

    def etag(request, *args, **kwargs):
        if has_session(request) or settings.DEBUG:
            return None
        # The view may need it too, and need not ask again.
        request.version = version(request, *args, **kwargs) if of_request else version()
        parts = (
            request.version,
            release(),
            timezone.localdate().isoformat(),
            request.build_absolute_uri(),
            request.headers.get("HX-Request", ""),
            request.headers.get("HX-History-Restore-Request", ""),
        )
        return f'"{blake2b("|".join(parts).encode(), digest_size=12).hexdigest()}"'

    def versioned(view):
        view = condition(etag_func=etag)(view)

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

    return versioned


@cache
def release():
    """Changes when the templates or the code do."""
    digest = blake2b(digest_size=8)
    for folder, pattern in (("templates", "*.html"), ("templates", "*.typ"), *((app, "*.py") for app in _APPS)):
        for path in sorted((settings.BASE_DIR / folder).rglob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


_APPS = ("core", "registry", "events", "procurement", "quality_mark", "open_data")
