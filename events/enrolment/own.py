"""Forms and institutions of a signed-in person in projects."""

from django.db.models import Q

from events.models import Enrolment
from events.signing_up.acting import institution_ids
from registry.models import Institution


def institutions_of(user):
    """Institutions that the person may enrol, those that are still in the register."""
    return Institution.objects.living().filter(pk__in=institution_ids(user)).order_by("sort_key", "pk")


def enrolments_of(user, ids):
    """Living forms of the institutions of these ids, and those that the person began for one the register does not
    know. Whoever began a form and represents the institution no more has no way to it here."""
    own = Enrolment.objects.filter(Q(institution__in=ids) | Q(started_by=user, institution=None))
    return own.living().select_related("edition").order_by("-started_at", "-pk")
