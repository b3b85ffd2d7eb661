"""For whom a signed-in person may act in projects."""

from accounts.permissions import POWERS, Action
from events.models import Enrolment
from registry.models import Institution

ROLES = [role for role, powers in POWERS.items() if Action.ENROL in powers.actions]


def institutions_of(user, day):
    """Institutions that the person may enrol on a day: of the organisations they represent, of the authorities they
    act for as a whole."""
    held = user.grants.valid_on(day).filter(role__in=ROLES, ordering_unit=None)
    ids = {one for pair in held.values_list("organisation__institution", "authority__institution") for one in pair}
    return Institution.objects.living().filter(pk__in=ids - {None}).order_by("sort_key", "pk")


def enrolments_of(user, day):
    """Forms of these institutions, and drafts that the person began."""
    institutions = list(institutions_of(user, day).values_list("pk", flat=True))
    own = Enrolment.objects.of_institutions(institutions) | Enrolment.objects.filter(started_by=user)
    return own.living().select_related("edition").order_by("-started_at", "-pk")
