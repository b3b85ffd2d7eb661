"""For whom a person may write a notice: choices of the form, and what they stand for."""

from accounts.permissions import POWERS, Action, Scope, grants_of
from procurement.models import ContractingAuthority, OrderingUnit


def owners_for(user):
    """{value of a choice: (label, authority, unit or None)} in the order of names; empty for who buys for nobody."""
    grants = [grant for grant in grants_of(user) if Action.BUY in POWERS[grant.role].actions]
    everywhere = user.is_superuser or any(POWERS[grant.role].scope is Scope.REGION for grant in grants)
    if not (grants or everywhere):
        return {}
    authorities = ContractingAuthority.objects.with_institution().order_by("institution__sort_key", "pk")
    units = OrderingUnit.objects.select_related("authority__institution")
    units = units.order_by("authority__institution__sort_key", "name", "pk")
    if not everywhere:
        whole = [grant.authority_id for grant in grants if grant.ordering_unit_id is None]
        parts = [grant.ordering_unit_id for grant in grants if grant.ordering_unit_id]
        authorities = authorities.filter(pk__in=whole)
        units = units.filter(authority__in=whole) | units.filter(pk__in=parts)
    found = {f"z{one.pk}": (str(one), one, None) for one in authorities}
    return found | {f"j{unit.pk}": (f"{unit.authority}: {unit}", unit.authority, unit) for unit in units}
