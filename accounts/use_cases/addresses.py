"""An address that was wrong from the start, or that a person has lost."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts import sessions, trail
from accounts.choices import TrailKind
from accounts.models import User
from accounts.use_cases.closing import locked, may_readdress, tell
from core.exceptions import Refused


@transaction.atomic
def correct_address(*, user_id, address, actor, reason, now):
    """Give an account another address, which has to be proved by link before anybody signs in with it.

    Both addresses are told; sessions end. Refused: an address that another account has; an account of staff, but by
    administrators.
    """
    user = locked(user_id, actor=actor, reason=reason, allowed=may_readdress)
    old, new = user.email, address.strip().lower()
    if new == old.lower():
        raise Refused("To jest adres tego konta.")
    elsewhere = EmailAddress.objects.filter(email__iexact=new, verified=True).exclude(user=user).exists()
    if elsewhere or User.objects.filter(email__iexact=new).exclude(pk=user.pk).exists():
        raise Refused("Ten adres ma już inne konto.")
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=new, primary=True, verified=False)
    user.email = new
    user.save(update_fields=["email"])
    sessions.end(user)
    trail.note(TrailKind.EMAIL_CHANGED, actor=actor, subject=user, about=reason.strip(), now=now)
    for one in (old, new):
        tell(one, "address_corrected", user=user, reason=reason, now=now, old_address=old, new_address=new)
    return user
