from celery import shared_task

from core.changes import forget_old
from events.models import CalendarChange


@shared_task
def forget_changes(**_):
    """Every quarter of an hour, however many sign up between two edits of the calendar."""
    forget_old(CalendarChange)
