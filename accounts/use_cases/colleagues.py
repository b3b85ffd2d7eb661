"""Those who act for the same organisation or authority: taking one off the list, and leaving it oneself."""

from django.db import transaction
from django.utils import timezone

from accounts.models import RoleGrant
from accounts.use_cases.left_alone import somebody_else
from accounts.use_cases.roles import end_grant
from core.exceptions import Refused


class LastOne(Refused):
    """Nobody would be left. It can be done all the same, by somebody who says so."""


@transaction.atomic
def remove_colleague(*, grant_id, actor, reason, knows_it_is_last=False, now):
    """End somebody's role for an organisation or authority, or one's own. Refused as in end_grant().

    LastOne when nobody else would be left and the actor has not said that they know.
    """
    today = timezone.localdate(now)
    given = RoleGrant.objects.with_objects().filter(pk=grant_id).first()
    if given is None:
        raise Refused("Tej osoby już nie ma na liście.")
    # All of the same list are locked, so that two people who remove each other see it.
    list(RoleGrant.objects.for_same_object(given).select_for_update(of=("self",), no_key=True).order_by("pk"))
    if given.is_valid_on(today) and not somebody_else(given, today) and not knows_it_is_last:
        raise LastOne("To ostatnia osoba na tej liście. Bez niej nikt nie będzie mógł działać w tym imieniu.")
    return end_grant(grant_id=grant_id, actor=actor, reason=reason, now=now)
