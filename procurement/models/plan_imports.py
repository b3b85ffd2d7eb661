"""A file with a plan: what was read of it, kept for a person to look at before it is written into a draft."""

import uuid

from django.conf import settings
from django.db import models

from procurement.choices import PlanImportState


def import_path(run, name):
    return f"procurement/plans/{uuid.uuid4().hex}.{name.rpartition('.')[2].lower()[:8]}"


class PlanImport(models.Model):
    plan = models.ForeignKey("procurement.Plan", models.CASCADE, related_name="imports", verbose_name="plan")
    # Deleted once it was read: what it says stands in `drafts`.
    file = models.FileField("plik", upload_to=import_path, blank=True)
    file_name = models.CharField("nazwa pliku", max_length=255)
    # False: rows that are added to what is there, as those of a mended file of rejected rows.
    is_whole = models.BooleanField("to jest cały plan", default=True)
    state = models.CharField("stan", max_length=12, choices=PlanImportState, default=PlanImportState.WAITING)
    # Of procurement.plan_sheets.drafts.Draft, one a row.
    drafts = models.JSONField("wiersze", default=list, blank=True)
    notes = models.JSONField("uwagi o pliku", default=list, blank=True)
    # As promised to the outside, once it was written.
    report = models.JSONField("raport", default=dict, blank=True)
    error = models.CharField("błąd", max_length=500, blank=True)
    job = models.ForeignKey("accounts.Job", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("wgrano")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kto"
    )
    applied_at = models.DateTimeField("zapisano", null=True, blank=True)

    class Meta:
        verbose_name = "import planu"
        verbose_name_plural = "importy planów"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=PlanImportState.APPLIED, applied_at__isnull=False)
                | ~models.Q(state=PlanImportState.APPLIED) & models.Q(applied_at=None),
                name="procurement_plan_import_applied",
            )
        ]

    def __str__(self):
        return f"{self.plan}: {self.file_name}"
