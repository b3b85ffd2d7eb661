"""A worker at a job: once, by one process, ended in words."""

import logging
from contextlib import closing, contextmanager

from django.db import connection, connections
from django.utils import timezone

from accounts.choices import JobState
from accounts.jobs import kinds
from accounts.models import Job
from core.exceptions import Refused
from core.locks import JOB, held

logger = logging.getLogger(__name__)

# Work that kills its process would kill the next one, and the one after.
MOST_ATTEMPTS = 3
_DIED = "Praca została przerwana, zanim się skończyła. Zleć ją jeszcze raz."
_UNFORESEEN = "Coś poszło nie tak po naszej stronie. Błąd jest zapisany; zleć tę pracę jeszcze raz albo napisz do nas."


class Cancelled(Exception):
    """The person has asked to break the work off. `result`: sentences about what had been done before."""

    def __init__(self, result=()):
        super().__init__("cancelled")
        self.result = list(result)


def run(job_id, *, clock):
    """Do a job, unless it is done or in other hands. Safe to repeat; what it raises unforeseen is raised here too."""
    with held(JOB, job_id) as mine:
        job = Job.objects.select_related("owner").filter(pk=job_id).first()
        if not mine or job is None or not job.is_open or not _begun(job, clock()):
            return
        with closing(Progress(job)) as progress:
            try:
                kind = kinds.find(job.kind)
                if not kind.is_for(job.owner):
                    raise Refused("Nie masz już roli, która na to pozwala.")
                result = kind.work(progress, job.owner, **job.given)
            except Cancelled as cancelled:
                _end(job, JobState.CANCELLED, clock(), result=cancelled.result)
            except Refused as refusal:
                _end(job, JobState.FAILED, clock(), error=str(refusal))
            except Exception:
                _end(job, JobState.FAILED, clock(), error=_UNFORESEEN)
                raise
            else:
                _end(job, JobState.DONE, clock(), result=result or [])


@contextmanager
def here(*, kind, title, owner, now):
    """A job that this very process does, as a command of the shell; yields its Progress, so that others see it."""
    job = Job.objects.create(kind=kinds.find(kind).name, title=title[:300], owner=owner, asked_at=now)
    with held(JOB, job.pk), closing(Progress(job)) as progress:
        _begun(job, now)
        try:
            yield progress
        except Exception as error:
            if not connection.needs_rollback:
                told = str(error) if isinstance(error, Refused) else _UNFORESEEN
                _end(job, JobState.FAILED, timezone.now(), error=told)
            raise
        _end(job, JobState.DONE, timezone.now())


class Progress:
    """`progress(done, total=None)`: tells how far a job is; raises Cancelled when it is to be broken off.

    Told outside of any transaction of the worker's, so that others see it before the commit. Where the job itself is
    not committed yet (a test) nobody can see it and nothing is written.
    """

    def __init__(self, job):
        self.job, self._side = job, None

    def __call__(self, done, total=None):
        with self._connection().cursor() as cursor:
            cursor.execute(
                "UPDATE accounts_job SET total = coalesce(%s, total), "
                "done = least(%s, nullif(coalesce(%s, total), 0)) WHERE id = %s RETURNING cancel_asked_at IS NOT NULL",
                [total, done, total, self.job.pk],
            )
            told = cursor.fetchone()
        if told and told[0]:
            raise Cancelled

    def close(self):
        if self._side:
            self._side.close()

    def _connection(self):
        if not connection.in_atomic_block:
            return connection
        self._side = self._side or connections.create_connection("default")
        return self._side


def nobody_asks(done, total=None):
    """The progress of work that nobody waits for."""


def _begun(job, now):
    """Whether the work may begin. Of a job that killed its process before, only so many times."""
    died = job.state == JobState.RUNNING
    if died and (job.attempts >= MOST_ATTEMPTS or not kinds.find(job.kind).again):
        _end(job, JobState.FAILED, now, error=_DIED)
        return False
    if job.cancel_asked_at:
        _end(job, JobState.CANCELLED, now)
        return False
    _write(job, state=JobState.RUNNING, attempts=job.attempts + 1)
    return True


def _end(job, state, now, *, result=(), error=""):
    _write(job, state=state, finished_at=now, result=list(result), error=error[:500])


def _write(job, **values):
    """Of a job whose owner was forgotten meanwhile there is no row any more, and nobody to be told."""
    for name, value in values.items():
        setattr(job, name, value)
    Job.objects.filter(pk=job.pk).update(**values)
