"""The accounts that the demo prints."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant, User
from core.exceptions import Refused

DEMO_PASSWORD = "demo-portal-2026"  # noqa: S105 - printed on the demo's start page, refused outside the demo
DEMO_ACCOUNTS = {
    "przedstawiciel": ("Przedstawicielka Demo", Role.REPRESENTATIVE),
    "urzednik": ("Urzędnik Demo", Role.OFFICER),
    "asesor": ("Asesorka Demo", Role.ASSESSOR),
    "kapitula": ("Członek Kapituły Demo", Role.COMMISSION),
    "dyrektor": ("Dyrektorka Demo", Role.DIRECTOR),
    "koordynator": ("Koordynator Demo", Role.COORDINATOR),
    "admin": ("Administratorka Demo", Role.ADMINISTRATOR),
}
_objects = {}


def provide(role, function):
    """For AppConfig.ready() of the app that owns what a role is for.

    `function(now)` gives the fields of the demo's RoleGrant, as {"organisation_id": 7}, or None as long as there is
    nothing that the role could be for.
    """
    _objects[role] = function


@transaction.atomic
def create_demo_accounts(*, now):
    """Create the accounts that the demo prints, each with its role; those that exist get their role and password back.

    Returns {e-mail: role}. Refused outside the demo: the password is public.
    """
    if not settings.DEMO:
        raise Refused("Konta pokazowe powstają tylko w ustawieniach pokazu.")
    roles = {}
    for name, (full_name, role) in DEMO_ACCOUNTS.items():
        email = f"{name}@demo.example"
        user = User.objects.filter(email=email).first() or User(email=email, created_at=now)
        user.full_name, user.is_active = full_name, True
        user.set_password(DEMO_PASSWORD)
        user.save()
        EmailAddress.objects.update_or_create(user=user, email=email, defaults={"primary": True, "verified": True})
        _hold(user, role, now)
        roles[email] = role
    return roles


def _hold(user, role, now):
    """Nobody is told: these people do not exist, and the accounts are printed anyway."""
    today = timezone.localdate(now)
    is_for = _objects[role](now) if role in _objects else {}
    if is_for is not None and not user.grants.valid_on(today).filter(role=role).exists():
        RoleGrant.objects.create(user=user, role=role, starts_on=today, granted_at=now, **is_for)
