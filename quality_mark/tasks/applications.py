from celery import shared_task
from django.utils import timezone

from quality_mark.applying.content import sections
from quality_mark.use_cases import documents


@shared_task
def draw(*, application_id, **_):
    documents.draw_application(application_id=application_id, sections=sections, now=timezone.now())


@shared_task
def draw_missing(**_):
    """Every five minutes: documents that nobody made, because a message or a worker was lost."""
    for application_id in documents.without_document():
        draw.delay(application_id=application_id)
