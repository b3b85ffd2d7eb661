from celery import shared_task
from django.utils import timezone

from procurement.use_cases.notices import publishing


@shared_task
def publish_due_notices(**_):
    """Every few minutes: notices whose day has come. One that fails stops no other."""
    for notice_id in publishing.due(now=timezone.now()):
        publish_due_notice.delay(notice_id=notice_id)


@shared_task
def publish_due_notice(*, notice_id, **_):
    publishing.publish_due(notice_id=notice_id, now=timezone.now())
