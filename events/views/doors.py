"""Who comes in: people who run events. A visitor is shown to sign-in, for everybody else there is nothing here."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.permissions import Action, may
from events.models import Edition, Event


def for_coordinators(view):
    """The view of people who may run events; what core.http.accepts has said of it stays."""

    @login_required
    @wraps(view)
    def checked(request, *args, **kwargs):
        if not may(request.user, Action.RUN_EVENTS):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


def event_of(slug):
    return get_object_or_404(Event.objects.select_related("edition", "series"), slug=slug)


def edition_of(slug):
    return get_object_or_404(Edition, slug=slug)
