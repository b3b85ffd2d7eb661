from celery import shared_task
from django.utils import timezone

from procurement.use_cases.plans import forgetting, reminding


@shared_task
def remind_of_plans(**_):
    """Every morning: whose plan has to be published soon, or should have been."""
    reminding.remind_of_plans(now=timezone.now())


@shared_task
def forget_plan_files(**_):
    """Every night: what was read of files with plans, long after it was written."""
    forgetting.forget_imports(now=timezone.now())
