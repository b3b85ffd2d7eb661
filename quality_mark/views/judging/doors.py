"""Who comes in: whoever has not the power is told that there is nothing."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.permissions import may
from quality_mark.access import is_own
from quality_mark.models import Application


def needs(*actions):
    """A page for whoever has one of these powers."""

    def wrap(view):
        @wraps(view)
        @login_required
        def enter(request, **given):
            if not any(may(request.user, action) for action in actions):
                raise Http404
            return view(request, **given)

        return enter

    return wrap


def case_or_404(request, rows=None, **which):
    """An application with what its pages need; not one of the person's own organisation."""
    rows = Application.objects.sent() if rows is None else rows
    rows = rows.select_related(
        "rulebook",
        "offer__organisation__institution",
        "offer__organisation__unit",
        "offer__organisation__kind",
    )
    application = get_object_or_404(rows, **which)
    if is_own(request.user, application.offer.organisation):
        raise Http404
    return application


def number(text):
    """An id as it was sent, or 0, which no row has."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
