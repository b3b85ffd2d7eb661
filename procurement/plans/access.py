"""Whose plans a person works on."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.permissions import Action, grants_of, may
from procurement.models import ContractingAuthority, OrderingUnit, Plan


@dataclass(frozen=True, slots=True)
class Buyer:
    """An authority, or one of its units, that a person may plan for."""

    authority: ContractingAuthority
    unit: OrderingUnit | None = None

    @property
    def key(self):
        return f"u{self.unit.pk}" if self.unit else f"a{self.authority.pk}"

    @property
    def label(self):
        return f"{self.authority}: {self.unit}" if self.unit else str(self.authority)


def buyers_of(user):
    """Buyers in the order of their names: an authority, then its units."""
    authorities = ContractingAuthority.objects.with_institution().order_by("institution__sort_key", "pk")
    units = OrderingUnit.objects.select_related("authority__institution").order_by("name", "pk")
    if not may(user, Action.BUY):
        whole, single = _held(user)
        authorities = authorities.filter(pk__in=whole)
        units = units.filter(Q(authority__in=whole) | Q(pk__in=single))
    found = [Buyer(one) for one in authorities] + [Buyer(one.authority, one) for one in units]
    return sorted(found, key=lambda one: (one.authority.institution.sort_key, one.authority.pk, one.unit is not None))


def plans_of(user):
    """Plans that the person may change."""
    if may(user, Action.BUY):
        return Plan.objects.all()
    whole, single = _held(user)
    if not whole and not single:
        return Plan.objects.none()
    return Plan.objects.filter(Q(authority__in=whole) | Q(unit__in=single))


def _held(user):
    grants = [grant for grant in grants_of(user) if grant.authority_id]
    whole = [grant.authority_id for grant in grants if grant.ordering_unit_id is None]
    return whole, [grant.ordering_unit_id for grant in grants if grant.ordering_unit_id]
