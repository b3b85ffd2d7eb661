"""Accounts with a role, as the office would make them."""

from datetime import date

from accounts.models import RoleGrant, User
from accounts.permissions import POWERS, Scope
from procurement.use_cases.authorities import authority_of
from tests.registry.factories import NOW, InstitutionFactory, OrganisationFactory

SINCE = date(2020, 1, 1)


def account(role=None, *, email=None, **given):
    """An account holding `role` (accounts.choices.Role) or none, for an object of its own unless one is given."""
    user = User.objects.create_user(email or f"{role or 'nikt'}@example.pl")
    if role:
        hold(user, role, **given)
    return user


def hold(user, role, *, starts_on=SINCE, **given):
    scope = POWERS[role].scope
    if scope is Scope.ORGANISATION and "organisation" not in given:
        given["organisation"] = OrganisationFactory()
    if scope is Scope.AUTHORITY and "authority" not in given:
        given["authority"] = authority()
    return RoleGrant.objects.create(user=user, role=role, starts_on=starts_on, granted_at=NOW, **given)


def authority(**institution):
    return authority_of(InstitutionFactory(**institution), now=NOW)
