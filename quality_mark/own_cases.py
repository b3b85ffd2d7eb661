"""Cases of one's own as a condition of a query, for lists; of one case `access.is_own` tells."""

from django.db.models import Q

from accounts.choices import Role
from accounts.models import RoleGrant


def own_of(user, prefix=""):
    """Q of cases of organisations for which the person acts or ever acted, or of other cards of their legal persons.

    `prefix` leads to the application.
    """
    grants = list(
        RoleGrant.objects.filter(user=user, role=Role.REPRESENTATIVE).values_list(
            "organisation", "organisation__institution", "organisation__unit__operator"
        )
    )
    cards, persons = {card for card, *_ in grants}, {one for _, *persons in grants for one in persons if one}
    of = f"{prefix}offer__organisation__"
    return (
        Q(**{f"{of}in": cards})
        | Q(**{f"{of}institution__isnull": False, f"{of}institution__in": persons})
        | Q(**{f"{of}unit__isnull": False, f"{of}unit__operator__in": persons})
    )


def not_own(rows, user):
    return rows.exclude(own_of(user))
