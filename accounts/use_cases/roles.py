"""Roles: what the tables of permissions say, written into the database."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from accounts.permissions import Role, allowed


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


def give_roles(*, user, roles):
    """The account holds exactly these roles; being staff is a separate mark on the account."""
    user.groups.set(Group.objects.filter(name__in=[Role(role).value for role in roles]))
