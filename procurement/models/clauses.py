"""Social clauses: intended in a plan, used in a notice."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

# The data that a clause may carry, by the names of ClauseKind.needs.
DATA = ("groups", "people", "months", "percent", "weight", "activities", "label", "control")


class Clause(models.Model):
    """One clause of an item of a plan or of a notice, with the data that its kind asks for."""

    item = models.ForeignKey("procurement.PlanItem", models.CASCADE, null=True, blank=True, related_name="clauses")
    notice = models.ForeignKey("procurement.Notice", models.CASCADE, null=True, blank=True, related_name="clauses")
    kind = models.ForeignKey("procurement.ClauseKind", models.PROTECT, related_name="+", verbose_name="klauzula")
    # Codes of ClauseGroup.
    groups = ArrayField(models.CharField(max_length=40), verbose_name="grupy osób", default=list, blank=True)
    people = models.PositiveIntegerField("liczba osób", null=True, blank=True)
    months = models.PositiveSmallIntegerField("okres zatrudnienia (miesiące)", null=True, blank=True)
    percent = models.DecimalField("udział (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    weight = models.PositiveSmallIntegerField("waga kryterium (%)", null=True, blank=True)
    activities = models.CharField("czynności", max_length=1000, blank=True)
    label = models.CharField("etykieta lub norma", max_length=300, blank=True)
    control = models.CharField("sposób sprawdzenia", max_length=1000, blank=True)
    note = models.CharField("uwagi", max_length=500, blank=True)

    class Meta:
        verbose_name = "klauzula"
        verbose_name_plural = "klauzule"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(item=None, notice__isnull=False) | Q(item__isnull=False, notice=None),
                name="procurement_clause_of_one",
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__range=(0, 100)), name="procurement_clause_percent",
                violation_error_message="Udział to liczba od 0 do 100.",
            ),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__range=(0, 100)), name="procurement_clause_weight",
                violation_error_message="Waga to liczba od 0 do 100.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return str(self.kind)
