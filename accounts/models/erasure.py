"""Who asked to be forgotten, and what the nightly job has forgotten."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.choices import ErasureOutcome
from core import personal_data

# Art. 12 ust. 3 RODO: within a month; a day or two of it are for the weekend.
ANSWER_WITHIN = timedelta(days=28)


class ErasureRequest(models.Model):
    """Waits for an administrator, who carries it out or refuses with words. Once done the account is nobody's."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="erasure_requests", verbose_name="osoba"
    )
    reason = models.TextField("powód", max_length=1000, blank=True)
    asked_at = models.DateTimeField("poproszono", editable=False)
    outcome = models.CharField("rozstrzygnięcie", max_length=10, choices=ErasureOutcome, blank=True)
    answer = models.TextField("odpowiedź dla tej osoby", max_length=1000, blank=True)
    decided_at = models.DateTimeField("rozstrzygnięto", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="kto rozstrzygnął",
    )

    class Meta:
        verbose_name = "prośba o usunięcie danych"
        verbose_name_plural = "prośby o usunięcie danych"
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(decided_at=None), name="accounts_erasure_one_waits"),
            models.CheckConstraint(
                condition=Q(decided_at=None, outcome="")
                | Q(decided_at__isnull=False, outcome__in=ErasureOutcome.values),
                name="accounts_erasure_decided",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=ErasureOutcome.REFUSED) | ~Q(answer=""), name="accounts_erasure_refused_says_why"
            ),
        ]

    def __str__(self):
        # Without the person: the admin's log keeps this after the person is forgotten.
        return f"prośba nr {self.pk}"

    @property
    def answer_by(self):
        return timezone.localdate(self.asked_at) + ANSWER_WITHIN


class RetentionReport(models.Model):
    """What one night removed of one class of data. Without `finished_at` the night was cut short; the next goes on."""

    day = models.DateField("noc")
    data_class = models.CharField("dane", max_length=60)
    removed = models.PositiveIntegerField("usunięto wierszy", default=0)
    started_at = models.DateTimeField("początek")
    finished_at = models.DateTimeField("koniec", null=True, blank=True)

    class Meta:
        verbose_name = "usunięte po czasie"
        verbose_name_plural = "usunięte po czasie"
        constraints = [models.UniqueConstraint(fields=["day", "data_class"], name="accounts_retention_once_a_night")]

    def __str__(self):
        return f"{self.label}, {self.day:%d.%m.%Y}"

    @property
    def label(self):
        """Of a class that is no longer in the program its code."""
        try:
            return personal_data.find(self.data_class).label
        except LookupError:
            return self.data_class
