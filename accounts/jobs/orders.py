"""Asking for long work, and breaking it off."""

from django.db import transaction

from accounts import tasks
from accounts.choices import JobState
from accounts.jobs import kinds
from accounts.models import Job
from core.exceptions import Refused


@transaction.atomic
def ask(*, kind, title, owner, given=None, total=0, back="", now):
    """Keep a job in the caller's transaction for a worker to do after the commit. Returns it, `queued`.

    The task is only a nudge: when the queue is away, `send_waiting_jobs` finds the row.
    """
    job = Job.objects.create(
        kind=kinds.find(kind).name,
        title=title[:300],
        owner=owner,
        given=given or {},
        total=total,
        back=back[:500],
        asked_at=now,
    )
    transaction.on_commit(lambda: tasks.run_job.delay(job_id=job.pk), robust=True)
    return job


@transaction.atomic
def cancel(*, job_id, now):
    """Break a job off: at once when nobody has begun, else as soon as its worker next tells how far it is."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if not job.is_open:
        raise Refused("Ta praca już się skończyła.")
    if job.state == JobState.QUEUED:
        job.state, job.finished_at = JobState.CANCELLED, now
    job.cancel_asked_at = job.cancel_asked_at or now
    job.save(update_fields=["state", "finished_at", "cancel_asked_at"])
    return job
