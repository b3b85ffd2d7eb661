"""What has been told of contracting processes, in the order in which it became public (OCDS, docs/decisions/0083)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from core.commit_order import CurrentTransaction
from procurement.choices import ReleaseStage


class Release(models.Model):
    """One release. Those of a plan are made of its item, which never changes. A notice keeps only what it is today, so
    the part of it that was told on that day is kept here."""

    posting = models.ForeignKey("procurement.Posting", models.CASCADE, related_name="releases")
    ocid = models.CharField(max_length=80)
    stage = models.CharField(max_length=16, choices=ReleaseStage)
    tag = models.CharField(max_length=24)
    made_at = models.DateTimeField()
    item = models.OneToOneField("procurement.PlanItem", models.CASCADE, null=True, related_name="release")
    body = models.JSONField(null=True)
    # Of what was told, to see whether there is something new to tell.
    digest = models.CharField(max_length=32)
    transaction = models.BigIntegerField(db_default=CurrentTransaction())
    noted_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "komunikat OCDS"
        verbose_name_plural = "komunikaty OCDS"
        indexes = [
            models.Index(fields=["transaction", "id"], name="procurement_release_order"),
            models.Index(fields=["ocid", "transaction", "id"], name="procurement_release_ocid"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, body=None) | Q(item=None, body__isnull=False),
                name="procurement_release_of_one",
            )
        ]

    def __str__(self):
        return f"{self.ocid}-{self.pk}"
