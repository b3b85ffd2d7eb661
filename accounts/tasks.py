from celery import shared_task
from django.utils import timezone

from accounts.use_cases import retention


@shared_task
def keep_times(**_):
    """Nightly: each class of data by itself, so that one that fails stops no other."""
    for code in retention.forgettable():
        forget_class.delay(code=code)


@shared_task
def forget_class(*, code, **_):
    retention.forget(code, clock=timezone.now)
