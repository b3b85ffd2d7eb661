from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from events.use_cases.signups import announcing, reminding, steps

# How long a killed announcement is gone on with.
ANNOUNCED_FOR = timedelta(days=2)


@shared_task
def pass_places_on(**_):
    """Every minute: places whose time is over. One event that fails stops no other."""
    for event_id in steps.events_with_overdue(now=timezone.now()):
        let_time_pass.delay(event_id=event_id)


@shared_task
def let_time_pass(*, event_id, **_):
    steps.let_time_pass(event_id=event_id, now=timezone.now())


@shared_task
def remind(**_):
    """Several times an hour by day: what is written already is not written again."""
    reminding.remind(now=timezone.now())


@shared_task
def thank(**_):
    reminding.thank(now=timezone.now())


@shared_task
def tell_step(*, step_id, **_):
    """Letters about one step of an event; ordered by whoever took it, after the commit."""
    announcing.tell(step_id=step_id, now=timezone.now())


@shared_task
def finish_telling(**_):
    """Every few minutes: what the queue lost, or a killed worker left."""
    for step_id in announcing.half_told(since=timezone.now() - ANNOUNCED_FOR):
        tell_step.delay(step_id=step_id)
