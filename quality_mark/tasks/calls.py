from celery import shared_task
from django.utils import timezone

from quality_mark.use_cases import agreements, assigning, overdue, silence


@shared_task
def leave_overdue(**_):
    """Every quarter of an hour: applications whose call to complete was not answered in time."""
    overdue.leave_overdue(now=timezone.now())


@shared_task
def remind_of_calls(**_):
    """Every morning: whose time to complete an application is nearly over."""
    overdue.remind(now=timezone.now())


@shared_task
def remind_of_assessments(**_):
    """Every morning: whose time to assess an application is nearly over."""
    assigning.remind(now=timezone.now())


@shared_task
def tell_overdue(**_):
    """Every morning: cases whose time for a decision is over, each once."""
    silence.tell_overdue(now=timezone.now())


@shared_task
def remind_of_agreements(**_):
    """Every morning: whose time to sign the agreement is nearly over."""
    agreements.remind(now=timezone.now())
