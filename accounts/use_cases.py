"""Roles and accounts: what the tables of permissions say, written into the database."""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from accounts.models import User
from accounts.permissions import STAFF_ROLES, Role, allowed
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
def sync_roles(*, app_label=None):
    """Make the groups of all roles hold exactly what accounts.permissions says, in one app or in all.

    Safe to repeat. Groups that are no role are left alone.
    """
    permissions = Permission.objects.select_related("content_type")
    if app_label:
        permissions = permissions.filter(content_type__app_label=app_label)
    permissions = list(permissions)
    for role in Role:
        group, _ = Group.objects.get_or_create(name=role.value)
        wanted = {permission.pk for permission in permissions if _grants(role, permission)}
        held = set(group.permissions.filter(pk__in=[p.pk for p in permissions]).values_list("pk", flat=True))
        group.permissions.add(*wanted - held)
        group.permissions.remove(*held - wanted)


def _grants(role, permission):
    model = permission.content_type.model
    actions = allowed(role, app_label=permission.content_type.app_label, model=model)
    return permission.codename in {f"{action}_{model}" for action in actions}


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


def give_roles(*, user, roles):
    """The account holds exactly these roles; being staff is a separate mark on the account."""
    user.groups.set(Group.objects.filter(name__in=[Role(role).value for role in roles]))
