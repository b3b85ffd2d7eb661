"""For whom a signed-in person enrols institutions and signs people up."""

from allauth.account.models import EmailAddress
from django.db.models.functions import Coalesce, Lower

from accounts.permissions import POWERS, Action, grants_of


def institution_ids(user):
    """Ids of the legal persons that somebody acts for: through a card of the register, or as an officer of a whole
    authority. An officer of one unit has no say for all of it."""
    held = [
        grant.pk
        for grant in grants_of(user)
        if Action.ENROL in POWERS[grant.role].actions and grant.ordering_unit_id is None
    ]
    if not held:
        return []
    institution = Coalesce("organisation__institution", "organisation__unit__operator", "authority__institution")
    found = user.grants.filter(pk__in=held).values_list(institution, flat=True)
    return sorted({pk for pk in found if pk})


def proved_addresses(user):
    """A subquery of the addresses, in small letters, that the person has proved to read."""
    proved = EmailAddress.objects.filter(user=user, verified=True)
    return proved.annotate(small=Lower("email")).values("small")
