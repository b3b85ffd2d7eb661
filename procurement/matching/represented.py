"""Organisations that somebody acts for here, and who is told in their name."""

from accounts.choices import Role
from accounts.models import RoleGrant


def represented(day, organisation_ids=None):
    """{organisation id: [User]} of people who may supply in its name on a day."""
    grants = RoleGrant.objects.valid_on(day).of_active_people().filter(role=Role.REPRESENTATIVE)
    if organisation_ids is not None:
        grants = grants.filter(organisation__in=organisation_ids)
    found = {}
    for grant in grants.select_related("user").order_by("organisation", "pk"):
        found.setdefault(grant.organisation_id, []).append(grant.user)
    return found


def represented_since(moment):
    """Ids of organisations for which somebody got the role after `moment`."""
    grants = RoleGrant.objects.filter(role=Role.REPRESENTATIVE, granted_at__gt=moment)
    return grants.values_list("organisation", flat=True).distinct()
