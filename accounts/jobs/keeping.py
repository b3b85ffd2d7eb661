"""Jobs that nobody works at: those to be taken up again, those to be forgotten."""

import contextlib
from datetime import timedelta

from django.conf import settings

from accounts.choices import JobState
from accounts.models import Job
from core.locks import JOB, held, is_held


def is_stalled(job):
    """Whether the process that worked on the job has died."""
    return job.state == JobState.RUNNING and not is_held(JOB, job.pk)


def waiting(*, now):
    """Ids of jobs that nobody took for a minute, and of those whose worker has died."""
    limit = now - timedelta(minutes=1)
    return [
        job.pk
        for job in Job.objects.open().order_by("pk")
        if is_stalled(job) or (job.state == JobState.QUEUED and job.asked_at < limit)
    ]


def forget_old(*, now):
    """Delete jobs that ended longer ago than they are kept, with their files; returns how many."""
    limit = now - timedelta(days=settings.JOBS_KEPT_DAYS)
    count = 0
    for job in Job.objects.filter(finished_at__lt=limit):
        with held(JOB, job.pk) as mine:
            if mine:
                forget(job)
                count += 1
    return count


def forget(job):
    """Delete a job and the file that it made."""
    with contextlib.suppress(FileNotFoundError):
        job.file.delete(save=False)
    job.delete()
