"""That a sent assessment was taken back: who, when, why, and what had stood there."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from quality_mark.models.assessment import Assessment
from quality_mark.models.immutable import stays


class Reopening(models.Model):
    """Rows are only added. `scores` are {code of the criterion: [value, reason]} as they had been sent."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="reopenings")
    reason = models.CharField("powód", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    is_of_office = models.BooleanField(default=False)
    sent_at = models.DateTimeField()
    scores = models.JSONField(default=dict)
    comment = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "cofnięcie wysłanej oceny"
        verbose_name_plural = "cofnięcia wysłanych ocen"
        ordering = ["at", "pk"]
        triggers = [stays("reopening_stays", but=["by"])]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="quality_mark_reopening_said")]

    def __str__(self):
        return f"{self.assessment_id}: {self.at:%d.%m.%Y}"
