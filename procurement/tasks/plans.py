from celery import shared_task
from django.utils import timezone

from procurement.use_cases.plans import reminding


@shared_task
def remind_of_plans(**_):
    """Every morning: whose plan has to be published soon, or should have been."""
    reminding.remind_of_plans(now=timezone.now())
