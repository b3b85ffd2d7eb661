from celery import shared_task
from django.utils import timezone

from quality_mark.use_cases import recommendations


@shared_task
def remind_recommenders(**_):
    """Every morning: one reminder to whoever was asked for a recommendation a week ago."""
    recommendations.remind_all(now=timezone.now())
