"""An organisation or authority whose last person has gone: coordinators are told, whichever way it came."""

from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from accounts.use_cases.letters import tell

LETTER = "accounts/email/nobody_left"


def somebody_else(given, today):
    """Whether another active person holds the same role for the same organisation or authority."""
    valid = RoleGrant.objects.valid_on(today).of_active_people().for_same_object(given)
    return valid.exclude(user=given.user_id).exists()


def tell_coordinators(given, *, words, reason, now):
    for one in RoleGrant.objects.held_by_active(Role.COORDINATOR, timezone.localdate(now)):
        tell(one.user.email, LETTER, given, user=one.user, role=words, reason=reason, now=now)
