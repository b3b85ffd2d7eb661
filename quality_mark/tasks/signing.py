import time

from celery import shared_task
from django.utils import timezone

from quality_mark.use_cases import agreements, certificates

# A sweep that runs longer would meet the next one; what is left waits for it.
SECONDS = 50


@shared_task
def make_certificates(**_):
    """Every minute, and after each licence: agreements and certificates that nobody has made yet."""
    until = time.monotonic() + SECONDS
    for pk in agreements.unprepared():
        if time.monotonic() > until:
            return
        agreements.prepare(application_id=pk, now=timezone.now())
    for pk in certificates.waiting():
        if time.monotonic() > until:
            return
        certificates.make(pk, now=timezone.now())
