"""Who comes in, and the ways back."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.urls import reverse

from accounts.permissions import Action, may
from core.http import accepts

OFFICE, HEAD = Action.HANDLE_MARK, Action.DECIDE_ON_MARK
PER_PAGE = 30


def for_whom(*actions, methods=("GET", "HEAD", "POST")):
    """A page for whoever has one of these powers; 404 for all others."""

    def mark(view):
        @accepts(*methods)
        @login_required
        @wraps(view)
        def inner(request, *args, **kwargs):
            if not any(may(request.user, action) for action in actions):
                raise Http404
            return view(request, *args, **kwargs)

        return inner

    return mark


def home():
    return "Nadzór nad znakami", reverse("quality_mark:marks")


def back_to(mark):
    return f"Znak {mark.number}", reverse("quality_mark:mark_desk", args=[mark.pk])
