"""Marks drawn by lot to be looked at (kontrola wyrywkowa)."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Draw(models.Model):
    """One lot: who drew when, and which marks. What was found of each is its Review of that year."""

    marks = models.ManyToManyField("quality_mark.Mark", related_name="draws", verbose_name="znaki")
    year = models.PositiveSmallIntegerField("rok")
    wanted = models.PositiveSmallIntegerField("ile znaków")
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        verbose_name = "losowanie do kontroli"
        verbose_name_plural = "losowania do kontroli"
        ordering = ["-drawn_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(wanted__gt=0), name="quality_mark_draw_of_some")]

    def __str__(self):
        return f"losowanie z {self.drawn_at:%d.%m.%Y}"
