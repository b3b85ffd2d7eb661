"""Where a person is signed in."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone


def alive(user):
    """The sessions that still let in, the newest first. Reads only: what is over is removed at the next sign-in."""
    listed = list(UserSession.objects.filter(user_id=user.pk).order_by("-created_at"))
    keys = [session.session_key for session in listed]
    valid = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    let_in = set(valid.values_list("session_key", flat=True))
    return [session for session in listed if session.session_key in let_in]


def end(user, *, only=None, except_key=None):
    """End all sessions of a person, or the one with this id, or all but the one with this key. Returns how many."""
    sessions = UserSession.objects.filter(user_id=user.pk)
    if only is not None:
        sessions = sessions.filter(pk=only)
    if except_key is not None:
        sessions = sessions.exclude(session_key=except_key)
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.delete()
    return len(keys)
