from celery import shared_task
from django.utils import timezone

from accounts.jobs import keeping, running
from accounts.use_cases import retention


@shared_task
def run_job(*, job_id, **_):
    running.run(job_id, clock=timezone.now)


@shared_task
def send_waiting_jobs(**_):
    """Every few minutes: what the queue has lost, or a killed worker has left."""
    for job_id in keeping.waiting(now=timezone.now()):
        run_job.delay(job_id=job_id)


@shared_task
def keep_times(**_):
    """Nightly: each class of data by itself, so that one that fails stops no other."""
    for code in retention.forgettable():
        forget_class.delay(code=code)


@shared_task
def forget_class(*, code, **_):
    retention.forget(code, clock=timezone.now)
