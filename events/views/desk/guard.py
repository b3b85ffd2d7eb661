"""Who comes in: those who run events. To everybody else there is nothing here."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404

from accounts.permissions import Action, may
from events.models import Event


def for_coordinators(view):
    @wraps(view)
    @login_required
    def inner(request, *args, **kwargs):
        if not may(request.user, Action.RUN_EVENTS):
            raise Http404
        return view(request, *args, **kwargs)

    return inner


def event_or_404(slug):
    event = Event.objects.select_related("edition", "series").filter(slug=slug).first()
    if event is None:
        raise Http404
    return event
