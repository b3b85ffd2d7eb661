"""Accounts with a role, as the office would make them."""

from accounts.models import User
from accounts.permissions import STAFF_ROLES
from accounts.use_cases.roles import give_roles


def account(role=None, *, staff=None, email=None):
    """An account holding `role` (accounts.permissions.Role) or none; staff when the role is a staff role."""
    user = User.objects.create_user(
        email or f"{role or 'nikt'}@example.pl", is_staff=role in STAFF_ROLES if staff is None else staff
    )
    if role:
        give_roles(user=user, roles=[role])
    return user
