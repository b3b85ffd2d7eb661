"""The accounts that the demo prints."""

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.permissions import STAFF_ROLES, Role
from accounts.use_cases.roles import give_roles
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
        user.full_name, user.is_active, user.is_staff = full_name, True, role in STAFF_ROLES
        user.set_password(DEMO_PASSWORD)
        user.save()
        give_roles(user=user, roles=[role])
        roles[email] = role
    return roles
