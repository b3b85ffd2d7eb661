from celery import shared_task
from django.utils import timezone

from notifications import delivery, digests


@shared_task
def deliver_mail(*, email_id, **_):
    delivery.deliver(email_id, clock=timezone.now)


@shared_task
def sweep_outbox(**_):
    """Every minute: what is due and was not sent, for want of the queue or of the mail server."""
    for email_id in delivery.waiting_addresses(now=timezone.now()):
        deliver_mail.delay(email_id=email_id)


@shared_task
def write_digests(**_):
    """Every hour, for those that the fixed hour of digests has passed by."""
    digests.write_digests(now=timezone.now())


@shared_task
def tell_news(**_):
    """Every hour, for those that seven o'clock, or that of Monday, has passed by."""
    # Its letters go through the outbox, whose nudges are tasks.
    from notifications import alerts

    alerts.tell(now=timezone.now())
