import time

from celery import shared_task
from django.utils import timezone

from quality_mark.use_cases import agreements, certificates
from quality_mark.use_cases.by_turns import each

# A sweep that runs longer would meet the next one; what is left waits for it.
SECONDS = 50


@shared_task
def make_certificates(**_):
    """Every minute, and after each licence: agreements and certificates that nobody has made yet."""
    until = time.monotonic() + SECONDS

    def in_time(verb, **given):
        return time.monotonic() < until and verb(**given, now=timezone.now())

    each(agreements.unprepared(), lambda pk: in_time(agreements.prepare, application_id=pk))
    each(certificates.waiting(), lambda pk: in_time(certificates.make, certificate_id=pk))
