from django.conf import settings
from django.shortcuts import resolve_url

from core import navigation


def portal(request):
    """What base.html needs. Nothing here opens a session or the database for a visitor without a cookie."""
    return shell(path=request.path) | {
        "visitor": _signed_in_user(request),
        # Reading messages opens the session, so they are only asked for when a cookie says that there may be some.
        "may_have_messages": navigation.has_session(request) or "messages" in request.COOKIES,
    }


def shell(path=""):
    """The part that needs no request: error pages are drawn from it when nothing else works."""
    return {
        "portal": {
            "name": settings.PORTAL_NAME,
            "operator": settings.OPERATOR,
            "sections": navigation.masthead(path),
            "footer": navigation.FOOTER,
            "sign_in": resolve_url(settings.LOGIN_URL),
            "panel": resolve_url(settings.PANEL_URL),
        }
    }


def _signed_in_user(request):
    user = getattr(request, "user", None)
    return user if navigation.has_session(request) and user and user.is_authenticated else None
