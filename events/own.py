"""For whom a signed-in person may act in projects."""

from django.db.models import Q

from accounts.permissions import POWERS, Action
from events.models import Enrolment
from registry.models import Institution

ROLES = [role for role, powers in POWERS.items() if Action.ENROL in powers.actions]


def institution_ids(user, day):
    """Ids of the institutions that the person may enrol on a day: of the organisations they represent, of the
    authorities they act for as a whole."""
    held = user.grants.valid_on(day).filter(role__in=ROLES, ordering_unit=None)
    pairs = held.values_list("organisation__institution", "authority__institution")
    return {one for pair in pairs for one in pair if one is not None}


def institutions_of(user, day):
    """These institutions, those that are still in the register."""
    return Institution.objects.living().filter(pk__in=institution_ids(user, day)).order_by("sort_key", "pk")


def enrolments_of(user, ids):
    """Living forms of the institutions of these ids, and those that the person began for one the register does not
    know. Whoever began a form and represents the institution no more has no way to it here."""
    own = Enrolment.objects.filter(Q(institution__in=ids) | Q(started_by=user, institution=None))
    return own.living().select_related("edition").order_by("-started_at", "-pk")
