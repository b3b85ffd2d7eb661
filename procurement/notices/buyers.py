"""In whose name a person may buy."""

from accounts.permissions import Action, may
from procurement.models import ContractingAuthority


def buyers_of(user):
    """{value: (value, label)} of authorities ("12") and their units ("12-3"), by name. Two queries."""
    rows = ContractingAuthority.objects.with_institution().prefetch_related("ordering_units")
    buyers = {}
    for authority in rows.order_by("institution__sort_key", "pk"):
        if may(user, Action.BUY, authority):
            buyers[str(authority.pk)] = (str(authority.pk), str(authority))
        for unit in sorted(authority.ordering_units.all(), key=lambda one: one.name):
            if may(user, Action.BUY, unit):
                value = f"{authority.pk}-{unit.pk}"
                buyers[value] = (value, f"{authority}: {unit}")
    return buyers
