"""A lost phone, a lost key: the way back into an account, by somebody who has made sure who is asking."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts import sessions, trail
from accounts.choices import TrailKind
from accounts.use_cases.closing import locked, tell
from core.exceptions import Refused


@transaction.atomic
def remove_second_factor(*, user_id, actor, reason, now):
    """Take every app, key and recovery code off an account and end its sessions. Where the role demands a factor,
    the person sets up a new one at the next sign-in, for which the password is still needed."""
    user = locked(user_id, actor=actor, reason=reason)
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise Refused("To konto nie ma drugiego składnika.")
    sessions.end(user)
    trail.note(TrailKind.FACTOR_REMOVED, actor=actor, subject=user, about=reason.strip(), now=now)
    tell(user.email, "factor_taken_off", user=user, reason=reason, now=now)
    return user
