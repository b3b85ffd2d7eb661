"""Those who act for the same organisation or authority: taking one off the list, and leaving it oneself."""

from django.db import transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from accounts.use_cases.letters import tell
from accounts.use_cases.roles import end_grant, in_words
from core.exceptions import Refused


class LastOne(Refused):
    """Nobody would be left. It can be done all the same, by somebody who says so."""


@transaction.atomic
def remove_colleague(*, grant_id, actor, reason, knows_it_is_last=False, now):
    """End somebody's role for an organisation or authority, or one's own. Refused as in end_grant().

    LastOne when nobody else would be left and the actor has not said that they know; coordinators are then told.
    """
    today = timezone.localdate(now)
    given = RoleGrant.objects.with_objects().filter(pk=grant_id).first()
    if given is None:
        raise Refused("Tej osoby już nie ma na liście.")
    # All of the same list are locked, so that two people who remove each other see it.
    same = RoleGrant.objects.for_same_object(given).select_for_update(of=("self",), no_key=True).order_by("pk")
    left = [one for one in same if one.is_valid_on(today) and one.user_id != given.user_id]
    is_last = given.is_valid_on(today) and not _somebody_active(left)
    if is_last and not knows_it_is_last:
        raise LastOne("To ostatnia osoba na tej liście. Bez niej nikt nie będzie mógł działać w tym imieniu.")
    ended = end_grant(grant_id=grant_id, actor=actor, reason=reason, now=now)
    if is_last:
        for coordinator in coordinators(today):
            tell(
                coordinator.user.email,
                "accounts/email/nobody_left",
                ended,
                user=coordinator.user,
                role=in_words(ended),
                reason=reason,
                now=now,
            )
    return ended


def coordinators(today):
    grants = RoleGrant.objects.valid_on(today).of_active_people().filter(role=Role.COORDINATOR)
    return grants.select_related("user").order_by("pk")


def _somebody_active(grants):
    return RoleGrant.objects.of_active_people().filter(pk__in=[one.pk for one in grants]).exists()
