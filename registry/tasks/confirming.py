from celery import shared_task
from django.utils import timezone

from registry.use_cases.confirming import asking


@shared_task
def ask_for_confirmation(**_):
    """Every morning: letters to cards that are due, and reminders; none on days on which nobody works."""
    asking.write_letters(now=timezone.now())
