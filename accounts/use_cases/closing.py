"""Leaving and coming back: an account is switched off, not deleted, so that the history can say who."""

from django.db import transaction
from django.utils import timezone

from accounts import sessions, trail
from accounts.choices import TrailKind
from accounts.models import User
from accounts.permissions import Action, ever_staff_again, may
from accounts.use_cases.roles import end_grant
from core.exceptions import Refused
from notifications.outbox import enqueue


def may_keep(actor, user):
    """Whether one may act on somebody else's account: administrators on any, coordinators on those of no staff.

    Neither a later day nor an account that is off opens a way: whoever changes the address may set the password.
    """
    if actor.pk == user.pk:
        return False
    return may(actor, Action.GIVE_STAFF_ROLES if ever_staff_again(user) else Action.MANAGE_COLLEAGUES)


@transaction.atomic
def close_account(*, user_id, actor, reason, now):
    """Switch an account off: its roles end today, its sessions now; the person is told why."""
    user = locked(user_id, actor=actor, reason=reason)
    if not user.is_active:
        raise Refused("To konto jest już wyłączone.")
    for given in user.grants.exclude(ends_on__lte=timezone.localdate(now)).order_by("pk"):
        end_grant(grant_id=given.pk, actor=actor, reason=reason, now=now)
    user.is_active = False
    user.save(update_fields=["is_active"])
    sessions.end(user)
    trail.note(TrailKind.ACCOUNT_CLOSED, actor=actor, subject=user, about=reason.strip(), now=now)
    tell(user.email, "account_closed", user=user, reason=reason, now=now)
    return user


@transaction.atomic
def open_account(*, user_id, actor, reason, now):
    """Switch an account on again. Its roles stay ended: they are given anew."""
    user = locked(user_id, actor=actor, reason=reason)
    if user.is_active:
        raise Refused("To konto jest włączone.")
    user.is_active = True
    user.save(update_fields=["is_active"])
    trail.note(TrailKind.ACCOUNT_OPENED, actor=actor, subject=user, about=reason.strip(), now=now)
    tell(user.email, "account_opened", user=user, reason=reason, now=now)
    return user


def locked(user_id, *, actor, reason):
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    if user is None or not may_keep(actor, user):
        raise Refused("Z tym kontem nie możesz tego zrobić.")
    if not reason.strip():
        raise Refused("Napisz dlaczego.")
    return user


def tell(address, letter, *, user, reason, now, **context):
    enqueue(
        to=address,
        user=user,
        template=f"accounts/email/{letter}",
        context={"reason": reason.strip(), **context},
        dedupe_key=f"{letter}:{user.pk}:{address}:{now.timestamp()}",
        now=now,
    )
