"""Leaving and coming back: an account is switched off, not deleted, so that the history can say who."""

from django.db import transaction
from django.utils import timezone

from accounts import sessions, trail
from accounts.choices import TrailKind
from accounts.models import User
from accounts.permissions import Action, ever_administrator_again, ever_staff_again, may
from accounts.use_cases.roles import end_grant
from core.exceptions import Refused
from notifications.outbox import enqueue


def may_see_off(actor, user):
    """Whether one may switch somebody else's account off and on, and take its second factor off: coordinators may, but
    for administrators' accounts. None of it opens a way in, for which the password is needed still."""
    if actor.pk == user.pk:
        return False
    if ever_administrator_again(user):
        return may(actor, Action.GIVE_STAFF_ROLES)
    return may(actor, Action.SEE_STAFF_OFF if ever_staff_again(user) else Action.MANAGE_COLLEAGUES)


def may_readdress(actor, user):
    """Whether one may give somebody else's account another address: of staff's accounts, administrators only.

    Neither a later day nor an account that is off opens a way: whoever changes the address may set the password, and
    vote or decide in that person's name.
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


def locked(user_id, *, actor, reason, allowed=may_see_off):
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    if user is None or not allowed(actor, user):
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
