"""What is forgotten of accounts when its time is over.

Each function removes at most one batch and says how many rows it was; 0 means that nothing is left.
"""

from datetime import timedelta

import pgtrigger
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.choices import TrailKind
from accounts.models import Consent, ErasureRequest, Invitation, RoleGrant, TrailEntry, User
from accounts.use_cases.erasure import ERASED_DOMAIN, FAREWELL, empty_account
from notifications.models import OutgoingEmail

BATCH = 1000
# Taking one person out of everything is many statements.
ACCOUNTS = 50


def forget_trail(now):
    with pgtrigger.ignore("accounts.TrailEntry:trail_is_kept"):
        return _delete_batch(TrailEntry.objects.filter(at__lt=_before(now, settings.TRAIL_KEPT_DAYS)))


def forget_admin_log(now):
    return _delete_batch(LogEntry.objects.filter(action_time__lt=_before(now, settings.TRAIL_KEPT_DAYS)))


def forget_sessions(now):
    """The device and its address go with the session; a line without one is left over from a killed worker."""
    over = _delete_batch(Session.objects.filter(expire_date__lt=now))
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    return over + _delete_batch(UserSession.objects.filter(~Exists(alive), last_seen_at__lt=_before(now, 1)))


def forget_grants(now):
    """Roles that ended long ago, with their history, which would otherwise get one line more."""
    limit = timezone.localdate(now) - timedelta(days=settings.ROLE_KEPT_DAYS)
    keys = _keys(RoleGrant.objects.filter(ends_on__lt=limit))
    RoleGrant.objects.filter(pk__in=keys).delete()
    RoleGrant.pgh_event_model.objects.filter(pgh_obj_id__in=keys).delete()
    return len(keys)


def forget_invitations(now):
    return _delete_batch(Invitation.objects.filter(expires_at__lt=_before(now, settings.INVITATION_KEPT_DAYS)))


def forget_consents(now):
    return _delete_batch(Consent.objects.filter(withdrawn_at__lt=_before(now, settings.CONSENT_KEPT_DAYS)))


def forget_erasures(now):
    """Decided requests; and at once the letter that told a person so, which holds the last address known of them."""
    farewells = OutgoingEmail.objects.filter(template=FAREWELL).exclude(sent_at=None, failed_at=None)
    limit = _before(now, settings.ERASURE_KEPT_DAYS)
    return _delete_batch(farewells) + _delete_batch(ErasureRequest.objects.filter(decided_at__lt=limit))


def forget_accounts(now):
    """Empty accounts that were switched off, or made and never used, longer ago than they are kept."""
    closed = _before(now, settings.CLOSED_ACCOUNT_KEPT_DAYS)
    noted = TrailEntry.objects.filter(kind=TrailKind.ACCOUNT_CLOSED, subject=OuterRef("pk"), at__gte=closed)
    off = Q(is_active=False, created_at__lt=closed) & (Q(last_login=None) | Q(last_login__lt=closed)) & ~Exists(noted)
    unused = Q(last_login=None, created_at__lt=_before(now, settings.UNUSED_ACCOUNT_KEPT_DAYS)) & ~Exists(
        RoleGrant.objects.filter(user=OuterRef("pk"))
    )
    kept = Q(email__endswith=ERASED_DOMAIN) | Q(is_superuser=True)
    keys = _keys(User.objects.filter(off | unused).exclude(kept))[:ACCOUNTS]
    for key in keys:
        empty_account(user_id=key, actor=None, now=now)
    return len(keys)


def _before(now, days):
    return now - timedelta(days=days)


def _keys(rows):
    return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])


def _delete_batch(rows):
    return rows.model.objects.filter(pk__in=_keys(rows)).delete()[0]
