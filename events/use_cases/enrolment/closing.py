"""Those whose drafts are left over when an edition takes no more forms."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events.choices import EnrolmentState
from events.enrolment import steps
from events.letters.enrolment import CLOSED, send
from events.models import Enrolment

UNSENT = [EnrolmentState.DRAFT, EnrolmentState.TO_SIGN, EnrolmentState.RETURNED]


def tell_drafts_of(edition, *, now):
    """Tell whoever keeps a draft that the edition, which has just been closed, takes no more: it can be read still."""
    for enrolment in Enrolment.objects.filter(edition=edition, state__in=UNSENT).select_related("edition"):
        _tell(enrolment, now)


@transaction.atomic
def tell_late_drafts(*, now):
    """Tell those whose draft was not sent before the last day of enrolment; each is told once.

    To be called every day; a week of nights may be missed.
    """
    today = timezone.localdate(now)
    week = (today - timedelta(days=7), today - timedelta(days=1))
    over = Q(edition__enrolment_until__range=week) | Q(edition__enrolment_until=None, edition__ends_on__range=week)
    drafts = Enrolment.objects.filter(over, state__in=UNSENT, edition__closed_at=None)
    late = [one for one in drafts.select_related("edition") if steps.why_closed(one, now)]
    for enrolment in late:
        _tell(enrolment, now)
    return len(late)


def _tell(enrolment, now):
    send(CLOSED, enrolment, now=now, key="closed", reason=steps.why_closed(enrolment, now))
