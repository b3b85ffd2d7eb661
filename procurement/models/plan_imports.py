"""A file with a plan: what was read of it, kept for a person to look at before it is written into a draft."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from procurement.choices import PlanImportState
from procurement.plan_sheets.headings import LONGEST_KEY


def import_path(run, name):
    return f"procurement/plans/{uuid.uuid4().hex}.{name.rpartition('.')[2].lower()[:8]}"


class PlanImport(models.Model):
    plan = models.ForeignKey("procurement.Plan", models.CASCADE, related_name="imports", verbose_name="plan")
    # Kept until it is written or given up: with other columns it is read anew.
    file = models.FileField("plik", upload_to=import_path, blank=True)
    file_name = models.CharField("nazwa pliku", max_length=255)
    # False: rows that are added to what is there, as those of a mended file of rejected rows.
    is_whole = models.BooleanField("to jest cały plan", default=True)
    state = models.CharField("stan", max_length=12, choices=PlanImportState, default=PlanImportState.WAITING)
    # Of procurement.plan_sheets.drafts.Draft, one a row.
    drafts = models.JSONField("wiersze", default=list, blank=True)
    notes = models.JSONField("uwagi o pliku", default=list, blank=True)
    # Of procurement.plan_sheets.layouts: what a person is shown who says what the columns are.
    layout = models.JSONField("układ pliku", default=list, blank=True)
    # What that person said: {"fields": {key of a heading: field or ""}, "rows": {number of a sheet: heading row}}.
    columns = models.JSONField("wskazane kolumny", default=dict, blank=True)
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
                condition=Q(state=PlanImportState.APPLIED, applied_at__isnull=False)
                | ~Q(state=PlanImportState.APPLIED) & Q(applied_at=None),
                name="procurement_plan_import_applied",
            )
        ]

    def __str__(self):
        return f"{self.plan}: {self.file_name}"


class PlanHeading(models.Model):
    """What somebody said a column means in files of an authority, or of its unit; a blank field: do not load it."""

    authority = models.ForeignKey("procurement.ContractingAuthority", models.CASCADE, related_name="plan_headings")
    unit = models.ForeignKey("procurement.OrderingUnit", models.CASCADE, null=True, blank=True, related_name="+")
    # procurement.plan_sheets.headings.keys
    heading = models.CharField("nagłówek", max_length=LONGEST_KEY)
    field = models.CharField("pole", max_length=20, blank=True)

    class Meta:
        verbose_name = "znaczenie kolumny planu"
        verbose_name_plural = "znaczenia kolumn planów"
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "unit", "heading"], nulls_distinct=False, name="procurement_plan_heading_once"
            )
        ]

    def __str__(self):
        return f"{self.heading}: {self.field or 'pomijać'}"
