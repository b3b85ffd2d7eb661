from celery import shared_task
from django.utils import timezone

from events.use_cases.enrolment import closing


@shared_task
def tell_late_drafts(**_):
    """Every morning: whose form was not sent before the last day of its edition."""
    closing.tell_late_drafts(now=timezone.now())
