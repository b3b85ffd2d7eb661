"""A lost phone, a lost key: the way back into an account, by somebody who has made sure who is asking."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts import sessions, trail
from accounts.choices import TrailKind
from accounts.factors import SECOND_FACTOR
from accounts.use_cases.closing import locked, tell
from core.exceptions import Refused
from core.sealing import resealed

# What the library keeps sealed (FactorAdapter): the secret of an app, the seed of recovery codes.
SEALED = ("secret", "seed")


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


def reseal():
    """Seal secrets of apps and recovery codes with the newest key (core.resealing); returns how many rows it was."""
    return sum(_reseal(pk) for pk in list(Authenticator.objects.values_list("pk", flat=True)))


@transaction.atomic
def _reseal(pk):
    factor = Authenticator.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    secrets = {name: factor.data[name] for name in SEALED if name in factor.data} if factor else {}
    anew = {name: text for name, old in secrets.items() if (text := resealed(SECOND_FACTOR, old))}
    if not anew:
        return 0
    factor.data |= anew
    factor.save(update_fields=["data"])
    return 1
