from celery import shared_task
from django.utils import timezone

from registry.use_cases.imports import runs


@shared_task
def forget_old_imports(**_):
    """Nightly."""
    runs.forget_old(now=timezone.now())
