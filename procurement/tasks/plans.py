from celery import shared_task
from django.utils import timezone

from procurement.use_cases.plans import publishing, reminding


@shared_task
def remind_of_plans(**_):
    """Every morning: whose plan has to be published soon, or should have been."""
    reminding.remind_of_plans(now=timezone.now())


@shared_task
def publish_due_plans(**_):
    """Every few minutes: plans whose day has come. One that fails stops no other."""
    for plan_id in publishing.due(now=timezone.now()):
        publish_due_plan.delay(plan_id=plan_id)


@shared_task
def publish_due_plan(*, plan_id, **_):
    publishing.publish_due(plan_id=plan_id, now=timezone.now())
