"""Around every request: input nobody can type by accident is refused, and answers carry their headers."""

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.deprecation import MiddlewareMixin

from core import errors
from core.content_types import UNREADABLE
from core.http import READS, TooManyRequests
from core.navigation import has_session

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


def refuse_impossible_input(get_response):
    """400 for what no form sends and what would end in a 500 deeper down.

    That is a charset nobody writes in, and NUL bytes, which PostgreSQL does not store.
    """

    def middleware(request):
        nul = "\0" in request.path_info or _has_nul(request.COOKIES.items()) or _has_nul(_pairs(request.GET))
        if nul or UNREADABLE in request.META:
            return errors.bad_request(request)
        return get_response(request)

    return middleware


def _pairs(query):
    return ((name, value) for name, values in query.lists() for value in values)


def _has_nul(pairs):
    return any("\0" in name or "\0" in value for name, value in pairs)


def refuse_other_methods(get_response):
    """405 for a method that a page does not take: READS, unless its view is marked with core.http.accepts.

    Said before the check of the form's token, which would speak of a form that nobody opened, and before the session,
    so that it is also said when the database is down. The admin has rules of its own.
    """

    def middleware(request):
        if request.method in READS or request.path_info.startswith(settings.ADMIN_PATH):
            return get_response(request)
        try:
            view = resolve(request.path_info).func
        except Resolver404:
            return get_response(request)
        accepted = getattr(view, "accepted_methods", READS)
        return get_response(request) if request.method in accepted else errors.method_not_allowed(request, accepted)

    return middleware


def page_headers(get_response):
    """Permissions-Policy, how long a page may be kept, and the admin's own content policy.

    A page may be kept by anybody but is asked for again each time; the ETag then makes that answer short. What a
    person with a session sees is kept by their browser only.
    """

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if request.method in ("GET", "HEAD"):
            response.headers.setdefault("Cache-Control", "private, no-cache" if has_session(request) else "no-cache")
        if request.path_info.startswith(settings.ADMIN_PATH):
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return response

    return middleware


class FriendlyTooManyRequests(MiddlewareMixin):
    """Turns core.http.TooManyRequests, raised anywhere in a view, into the 429 page."""

    def process_exception(self, request, exception):
        if isinstance(exception, TooManyRequests):
            return errors.too_many_requests(request, retry_after=exception.retry_after)
        return None
