"""What roles of the region give to the panel of a signed-in person."""

from django.conf import settings
from django.urls import reverse

from accounts.choices import Role
from accounts.factors import has_second_factor
from accounts.permissions import POWERS, Scope, grants_of, may_enter_admin, needs_second_factor
from accounts.workspace import Place, Waiting

SECOND_FACTOR = "Dodaj drugi składnik logowania: Twoja rola daje wgląd w dane innych osób"


def desk(user, now):
    places = [
        Place(
            title=settings.PORTAL_NAME,
            role=Role(grant.role).label,
            links=[("Panel koordynatora", reverse("admin:index"))] if POWERS[grant.role].enters_admin else [],
            until=grant.ends_on,
        )
        for grant in grants_of(user)
        if POWERS[grant.role].scope is Scope.REGION
    ]
    if not places and may_enter_admin(user):
        places.append(
            Place(settings.PORTAL_NAME, "pełne uprawnienia", [("Panel koordynatora", reverse("admin:index"))])
        )
    waiting = [Waiting(SECOND_FACTOR, reverse("mfa_index"))] if _lacks_second_factor(user) else []
    return waiting, places


def _lacks_second_factor(user):
    return needs_second_factor(user) and not has_second_factor(user)
