from celery import shared_task

from events.use_cases.calendar.noted_changes import forget_old_changes


@shared_task
def forget_changes(**_):
    """Every quarter of an hour, however many sign up between two edits of the calendar."""
    forget_old_changes()
