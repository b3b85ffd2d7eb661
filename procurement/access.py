"""Who sees and does what with a notice."""

from django.db.models import Q

from accounts.permissions import POWERS, Action, Scope, grants_of, may
from core.navigation import has_session


def buys(user):
    """Whether the person acts for any authority, or is a coordinator."""
    return may(user, Action.BUY) or bool(_grants(user))


def may_buy_for(user, order):
    """Whether a notice or a plan is the person's to work with: an officer of one unit has no say in the others."""
    return may(user, Action.BUY, order.unit or order.authority)


def bought_by(user):
    """A condition on anything with `authority` and `unit`: what this person may work with."""
    if user.is_superuser or any(POWERS[grant.role].scope is Scope.REGION for grant in _grants(user)):
        return Q()
    condition = Q(pk__in=[])
    for grant in _grants(user):
        condition |= Q(authority=grant.authority_id) & (
            Q(unit=grant.ordering_unit_id) if grant.ordering_unit_id else Q()
        )  # fmt: skip
    return condition


def may_work_with(request, order):
    """As may_buy_for(), for a page that everybody may ask for: a visitor without a session is not even looked up."""
    return has_session(request) and may_buy_for(request.user, order)


def _grants(user):
    return [grant for grant in grants_of(user) if Action.BUY in POWERS[grant.role].actions]
