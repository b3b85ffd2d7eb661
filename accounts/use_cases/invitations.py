"""Asking somebody by letter to take a role. The letter proves the address, so it may also make the account."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import trail
from accounts.choices import Role, TrailKind
from accounts.models import Invitation, User
from accounts.permissions import may_give
from accounts.use_cases.roles import grant, in_words, refuse_nonsense
from core.exceptions import Refused
from notifications.outbox import enqueue

GOOD_FOR = timedelta(days=14)
LETTER = "accounts/email/invitation"
OPEN_ONCE = "accounts_invitation_open_once"
ALREADY = "Takie zaproszenie już czeka na odpowiedź. Możesz je wysłać ponownie."


def hashed(token):
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(*, email, role, organisation=None, authority=None, ordering_unit=None, starts_on, ends_on=None, actor, now):
    """Send an invitation and return it. Objects come as ids.

    Refused: oneself, a role without its object, one that the actor may not give, a second invitation to the same while
    one is open. One that has grown old makes room.
    """
    invitation = Invitation(
        email=email.strip().lower(),
        role=Role(role),
        organisation_id=organisation,
        authority_id=authority,
        ordering_unit_id=ordering_unit,
        starts_on=starts_on,
        ends_on=ends_on,
        invited_by=actor,
        invited_at=now,
    )
    if invitation.email == actor.email.lower():
        raise Refused("Roli nie można nadać samemu sobie.")
    refuse_nonsense(invitation)
    _refuse_without_right(actor, invitation)
    # The inviter's row is the queue: two clicks are one invitation.
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    same = Invitation.objects.unanswered().for_the_same(invitation)
    if same.filter(expires_at__gt=now).exists():
        raise Refused(ALREADY)
    same.update(withdrawn_at=now)
    token = _renew(invitation, now)
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError as error:
        if getattr(error.__cause__.diag, "constraint_name", "") != OPEN_ONCE:
            raise
        raise Refused(ALREADY) from error  # somebody else has just sent it
    trail.note(TrailKind.INVITED, actor=actor, about=in_words(invitation), now=now)
    _send(invitation, token, now)
    return invitation


@transaction.atomic
def send_again(*, invitation_id, actor, now):
    """Send a fresh link, good for as long as the first one; the former link ends. Refused: one that is answered."""
    invitation = _locked(invitation_id)
    _refuse_without_right(actor, invitation)
    token = _renew(invitation, now)
    invitation.save(update_fields=["token_hash", "expires_at"])
    _send(invitation, token, now)
    return invitation


@transaction.atomic
def withdraw(*, invitation_id, actor, now):
    """End an invitation before it is answered."""
    invitation = _locked(invitation_id)
    _refuse_without_right(actor, invitation)
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    trail.note(TrailKind.INVITED, actor=actor, about=f"wycofane: {in_words(invitation)}", now=now)
    return invitation


@transaction.atomic
def accept(*, token, user_id, now):
    """Give the invited person the role and return the RoleGrant.

    Refused: a link that is no longer good, an account with another address, an inviter who may not give the role any
    more, a role that is over by now or that the person has.
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).open(now).filter(token_hash=hashed(token)).first()
    if invitation is None:
        raise Refused("To zaproszenie jest nieaktualne.")
    user = User.objects.get(pk=user_id)
    if user.email.lower() != invitation.email:
        raise Refused("To zaproszenie jest dla innego adresu.")
    inviter, today = invitation.invited_by, timezone.localdate(now)
    if inviter is None or not may_give(inviter, invitation.role, invitation.object):
        raise Refused("Kto zaprosił, nie może już nadać tej roli. Poproś o nowe zaproszenie.")
    if invitation.ends_on and invitation.ends_on <= today:
        raise Refused("Ta rola miała się już skończyć. Poproś o nowe zaproszenie.")
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    return grant(
        user_id=user.pk,
        role=invitation.role,
        organisation=invitation.organisation_id,
        authority=invitation.authority_id,
        ordering_unit=invitation.ordering_unit_id,
        starts_on=max(today, invitation.starts_on),
        ends_on=invitation.ends_on,
        actor=inviter,
        now=now,
    )


def _locked(invitation_id):
    invitation = Invitation.objects.select_for_update(of=("self",)).unanswered().filter(pk=invitation_id).first()
    if invitation is None:
        raise Refused("To zaproszenie jest już przyjęte albo wycofane.")
    return invitation


def _refuse_without_right(actor, invitation):
    if not may_give(actor, invitation.role, invitation.object):
        raise Refused("Do tej roli nie możesz zaprosić.")


def _renew(invitation, now):
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.expires_at = hashed(token), now + GOOD_FOR
    return token


def _send(invitation, token, now):
    enqueue(
        to=invitation.email,
        template=LETTER,
        context={
            "link": settings.SITE_URL + reverse("account_invitation", args=[token]),
            "role": in_words(invitation),
            "inviter": invitation.invited_by.get_full_name(),
            "until": timezone.localdate(invitation.expires_at),
        },
        dedupe_key=f"invitation:{invitation.token_hash}",
        now=now,
    )
