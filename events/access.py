"""Who may see what of an event that is not for everybody."""

from accounts.permissions import Action, may
from core.navigation import has_session


def runs_events(request):
    """Whether a coordinator asks. A visitor without a session is not even looked up."""
    return has_session(request) and may(request.user, Action.RUN_EVENTS)


def may_read_event(request, event):
    """A draft exists only for those who run events."""
    return event.is_public or runs_events(request)


def may_read_material(request, material):
    """What is for everybody, of an event that everybody sees; all of it for those who run events.

    A material for those who have a place is `material.is_public = False`: they come with a link of their own, which
    the pages of their sign-ups check.
    """
    return (material.is_public and material.event.is_public) or runs_events(request)
