"""Work that outlasts a page: an import, a file to be made, a change of thousands of rows."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.choices import JobState


def job_path(job, name):
    return f"jobs/{uuid4().hex}/{name}"


class JobQuerySet(models.QuerySet):
    def open(self):
        """Waiting for a worker, or in the hands of one."""
        return self.filter(state__in=JobState.open())

    def of_interest(self):
        """Open, or done with a file that can be fetched."""
        return self.filter(Q(state__in=JobState.open()) | Q(state=JobState.DONE) & ~Q(file=""))

    def of(self, owner):
        """One person's, the newest first."""
        return self.filter(owner=owner).order_by("-pk")


class Job(models.Model):
    """Who asked for what, how far it is, and what came of it. The row comes first; a worker is only nudged."""

    # A name in accounts.jobs.kinds, and what its work is called with.
    kind = models.CharField(max_length=60)
    given = models.JSONField(default=dict, blank=True)
    title = models.CharField("co", max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kto zlecił"
    )
    # Where the person came from and goes back to: an address of the portal without its host.
    back = models.CharField(max_length=500, blank=True)
    state = models.CharField("stan", max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField("zrobiono", default=0)
    # 0 while nobody knows.
    total = models.PositiveIntegerField("z ilu", default=0)
    attempts = models.PositiveSmallIntegerField("prób", default=0)
    # Sentences for the person.
    result = models.JSONField("wynik", default=list, blank=True)
    file = models.FileField("plik", upload_to=job_path, max_length=300, blank=True)
    error = models.CharField("dlaczego się nie udało", max_length=500, blank=True)
    asked_at = models.DateTimeField("zlecono")
    cancel_asked_at = models.DateTimeField("poproszono o przerwanie", null=True, blank=True)
    finished_at = models.DateTimeField("skończono", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "praca"
        verbose_name_plural = "prace"
        indexes = [
            models.Index(fields=["owner", "-id"], name="accounts_job_of_owner"),
            models.Index(fields=["id"], condition=Q(state__in=JobState.open()), name="accounts_job_open"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="accounts_job_state_known"),
            models.CheckConstraint(
                condition=Q(finished_at=None, state__in=JobState.open())
                | Q(finished_at__isnull=False) & ~Q(state__in=JobState.open()),
                name="accounts_job_finished",
            ),
            models.CheckConstraint(
                condition=~Q(error="", state=JobState.FAILED) & (Q(error="") | Q(state=JobState.FAILED)),
                name="accounts_job_failed_says_why",
            ),
            models.CheckConstraint(condition=Q(total=0) | Q(done__lte=F("total")), name="accounts_job_done_of_total"),
            models.CheckConstraint(condition=Q(back="") | Q(back__startswith="/"), name="accounts_job_back_is_ours"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("jobs:job", args=[self.pk])

    @property
    def is_open(self):
        return self.state in JobState.open()

    @property
    def percent(self):
        """0 to 100, or None while nobody knows how much there is to do."""
        return 100 * self.done // self.total if self.total else None
