"""The second factor: who has one, who may not be without, how its secrets are kept."""

from allauth.mfa.models import Authenticator
from django.conf import settings

from accounts.permissions import needs_second_factor

# Recovery codes alone are none: they replace one that was lost.
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

# What keys for the secrets of apps and codes are made for: whoever takes a copy of the database has no factor yet.
SECOND_FACTOR = "second factor"


def has_second_factor(user):
    return Authenticator.objects.filter(user_id=user.pk, type__in=KINDS).exists()


def must_add_one(user):
    """Whether the portal is closed to this person until they have a second factor."""
    return settings.STAFF_SECOND_FACTOR == "required" and needs_second_factor(user) and not has_second_factor(user)


def may_lose(authenticator):
    """The last factor of somebody whose role demands one stays; recovery codes go with it."""
    if settings.STAFF_SECOND_FACTOR != "required" or not needs_second_factor(authenticator.user):
        return True
    return Authenticator.objects.filter(user=authenticator.user, type__in=KINDS).exclude(pk=authenticator.pk).exists()
