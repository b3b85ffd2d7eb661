"""Cases of one's own as a condition of a query, for lists; of one case `access.is_own` tells."""

from django.db.models import Q

from accounts.models import RoleGrant
from quality_mark.access import CARDS, OF_ONE, PERSONS


def own_of(user, prefix=""):
    """Q of cases of organisations for which the person acts or ever acted, or of other cards of their legal persons.

    `prefix` leads to the application.
    """
    ways = ["authority__institution", *(f"{card}__{person}" for card in CARDS for person in PERSONS)]
    grants = list(RoleGrant.objects.filter(user=user, role__in=OF_ONE).values_list(*CARDS, *ways))
    cards = {one for row in grants for one in row[: len(CARDS)] if one}
    persons = {one for row in grants for one in row[len(CARDS) :] if one}
    of = f"{prefix}offer__organisation__"
    return (
        Q(**{f"{of}in": cards})
        | Q(**{f"{of}institution__isnull": False, f"{of}institution__in": persons})
        | Q(**{f"{of}unit__isnull": False, f"{of}unit__operator__in": persons})
    )


def not_own(rows, user):
    return rows.exclude(own_of(user))
