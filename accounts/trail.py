"""The one door to the trail."""

from accounts.choices import TrailKind
from accounts.models import TrailEntry


def note(kind, *, actor=None, subject=None, about="", now):
    """Write one line in the caller's transaction. `about` is Polish, short, and never holds a password or token."""
    return TrailEntry.objects.create(kind=kind, actor=actor, subject=subject, about=about[:300], at=now)


def seen(actor, subject, about, now):
    """Somebody of the office looked at what the portal holds on a person; config.admin says it of its pages."""
    return note(TrailKind.DATA_SEEN, actor=actor, subject=subject, about=about, now=now)
