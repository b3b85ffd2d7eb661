"""For whom a person buys, and what of it they may see."""

from django.db.models import Q

from accounts.permissions import POWERS, Action, Scope, grants_of
from procurement.models import ContractingAuthority, OrderingUnit


def offices_of(user):
    """[(authority, unit or None)] of the person's own grants to buy, in the order of their names. Two queries."""
    held = [grant for grant in grants_of(user) if grant.authority_id and Action.BUY in POWERS[grant.role].actions]
    if not held:
        return []
    authorities = ContractingAuthority.objects.with_institution().in_bulk({grant.authority_id for grant in held})
    whole = {grant.authority_id for grant in held if grant.ordering_unit_id is None}
    units = OrderingUnit.objects.filter(
        Q(authority__in=whole) | Q(pk__in=[grant.ordering_unit_id for grant in held if grant.ordering_unit_id])
    ).order_by("name")
    found = [(authorities[pk], None) for pk in whole]
    for unit in units:
        unit.authority = authorities[unit.authority_id]
        found.append((unit.authority, unit))
    return sorted(found, key=lambda one: (str(one[0]), one[1] is not None, str(one[1] or "")))


def is_everywhere(user):
    """Whether a role of the region lets the person buy for everybody."""
    return user.is_superuser or any(
        Action.BUY in POWERS[grant.role].actions and POWERS[grant.role].scope is Scope.REGION
        for grant in grants_of(user)
    )


def seen_by(user, rows):
    """Those of `rows` (with `authority` and `unit`) that belong to an office of the person."""
    if is_everywhere(user):
        return rows
    mine = Q(pk__in=[])
    for grant in grants_of(user):
        if grant.authority_id and Action.BUY in POWERS[grant.role].actions:
            one = Q(authority=grant.authority_id)
            mine |= one & Q(unit=grant.ordering_unit_id) if grant.ordering_unit_id else one
    return rows.filter(mine)


def value_of(authority, unit):
    """For a form: "12" or "12-3"."""
    return f"{authority.pk}-{unit.pk}" if unit else str(authority.pk)


def words_of(authority, unit):
    return f"{authority}: {unit}" if unit else str(authority)
