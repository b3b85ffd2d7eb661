"""Pages for when something is wrong. They ask neither the database nor the session, so they work without both."""

import logging

from django.http import HttpResponse
from django.template.loader import render_to_string

from core.context_processors import shell

logger = logging.getLogger(__name__)

# For the day when even templates or the list of static files are broken.
LAST_RESORT = (
    "<!doctype html><html lang=pl><meta charset=utf-8><title>Błąd portalu</title>"
    "<h1>Strona chwilowo nie działa</h1><p>To nasz błąd. Spróbuj ponownie za kilka minut.</p>"
)


# {beginning of a path: what answers there instead of a page}
_speakers = {}


def speak(prefix, answer):
    """Below this path `answer(request, status=…, headers={…}, **context)` makes the answers, not for people's eyes."""
    _speakers[prefix] = answer


def bad_request(request, exception=None):
    return _page(request, "400.html", status=400)


def permission_denied(request, exception=None):
    return _page(request, "403.html", status=403)


def csrf_failure(request, reason=""):
    return _page(request, "403.html", status=403, stale_form=True)


def page_not_found(request, exception=None):
    return _page(request, "404.html", status=404)


def method_not_allowed(request, allowed):
    """405 with Allow."""
    headers = {"Allow": ", ".join(allowed)}
    return _page(request, "405.html", status=405, headers=headers, only_reading="POST" not in allowed)


def too_many_requests(request, *, retry_after=60):
    """429 with Retry-After in seconds."""
    return _page(request, "429.html", status=429, headers={"Retry-After": str(retry_after)}, retry_after=retry_after)


def server_error(request):
    return _page(request, "500.html", status=500)


def _page(request, template, *, status, headers=None, **context):
    headers = {"Cache-Control": "no-store"} | (headers or {})
    for prefix, answer in _speakers.items():
        if request.path.startswith(prefix):
            return answer(request, status=status, headers=headers, **context)
    try:
        content = render_to_string(template, shell(path=request.path) | {"status": status} | context)
    except Exception:
        logger.exception("The error page %s could not be drawn", template)
        content = LAST_RESORT
    return HttpResponse(content, status=status, headers=headers)
