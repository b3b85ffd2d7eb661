"""Plans of procedures (art. 23 PZP): of a unit and a year, in versions that never change once they are published."""

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from core.changes import noted
from procurement.choices import Band, Nature, OpeningPrecision, PlanState, UpdateKind, VersionSource
from procurement.querysets import PlanQuerySet
from registry.models.history import tracked

FIRST_YEAR, LAST_YEAR = 2000, 2100
PLAN_NUMBER = r"^\d{4}/BZP \d{8}/\d{2}/P$"
POSITION = r"^\d+(\.\d+){0,2}$"


@tracked
class Plan(models.Model):
    authority = models.ForeignKey(
        "procurement.ContractingAuthority", models.PROTECT, related_name="plans", verbose_name="zamawiający"
    )
    unit = models.ForeignKey(
        "procurement.OrderingUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name="jednostka",
        help_text="Puste: plan samego zamawiającego.",
    )
    year = models.PositiveSmallIntegerField(
        "rok", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    # From this day the time for publishing runs (art. 23 ust. 1 PZP).
    budget_on = models.DateField("budżet lub plan finansowy przyjęto", null=True, blank=True)
    bzp_number = models.CharField("numer planu w BZP", max_length=30, blank=True)
    url = models.URLField("plan na stronie zamawiającego", max_length=500, blank=True)
    # What visitors see.
    current = models.OneToOneField(
        "procurement.PlanVersion", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField("dodano", editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "plan postępowań"
        verbose_name_plural = "plany postępowań"
        # Its number and address belong to no version.
        triggers = [noted("procurement_entrychange")]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "unit", "year"],
                nulls_distinct=False,
                name="procurement_plan_once",
                violation_error_message="Ta jednostka ma już plan na ten rok.",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="procurement_plan_year",
                violation_error_message="Podaj rok od 2000 do 2100.",
            ),
            models.CheckConstraint(
                condition=Q(bzp_number="") | Q(bzp_number__regex=PLAN_NUMBER), name="procurement_plan_number",
                violation_error_message="Numer planu ma postać 2026/BZP 00012345/01/P.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.unit or self.authority}, {self.year}"


class PlanVersion(models.Model):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="versions", verbose_name="plan")
    number = models.PositiveSmallIntegerField("wersja")
    state = models.CharField("stan", max_length=10, choices=PlanState, default=PlanState.DRAFT)
    source = models.CharField("skąd", max_length=12, choices=VersionSource, default=VersionSource.FORM)
    note = models.CharField("co się zmieniło", max_length=500, blank=True)
    created_at = models.DateTimeField("zaczęto", editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    # When a draft is published by itself; `published_by` is then who has said so.
    publish_at = models.DateTimeField("ogłoś dnia", null=True, blank=True, editable=False)
    published_at = models.DateTimeField("ogłoszono", null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = "wersja planu"
        verbose_name_plural = "wersje planu"
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="procurement_version_once"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state=PlanState.DRAFT), name="procurement_version_one_draft",
                violation_error_message="Ten plan ma już zaczętą nową wersję.",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.DRAFT, published_at=None)
                | Q(state=PlanState.PUBLISHED, published_at__isnull=False),
                name="procurement_version_published",
            ),
            models.CheckConstraint(
                condition=Q(publish_at=None) | Q(state=PlanState.DRAFT), name="procurement_version_scheduled"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.plan}, wersja {self.number}"


class PlanPosition(models.Model):
    """One position through all versions of its plan: its address, number and contracting process stay."""

    posting = models.OneToOneField("procurement.Posting", models.CASCADE, primary_key=True, related_name="position")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="positions", verbose_name="plan")
    # Table, kind, running number: "1.3.6" (Dz.U. 2020 poz. 2362).
    number = models.CharField("pozycja", max_length=20)

    class Meta:
        verbose_name = "pozycja planu"
        verbose_name_plural = "pozycje planu"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="procurement_position_once",
                violation_error_message="Ten numer ma już inna pozycja planu.",
            ),
            models.CheckConstraint(
                condition=Q(number__regex=POSITION), name="procurement_position_number",
                violation_error_message="Numer pozycji ma postać 1.3.6.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.number


def _only_in_drafts():
    """Items of a published version are what was published: nobody changes or adds one."""
    return pgtrigger.Trigger(
        name="only_in_drafts",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("row_version", "bigint")],
        func="""
            row_version = CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;
            IF EXISTS (SELECT FROM procurement_planversion WHERE id = row_version AND state = 'ogloszona') THEN
                RAISE EXCEPTION 'A published version of a plan does not change';
            END IF;
            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        """,
    )


class PlanItem(models.Model):
    """A position as one version has it: the five fields of art. 23 ust. 3 PZP and what the form of the plan adds."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="items", verbose_name="wersja")
    position = models.ForeignKey(PlanPosition, models.CASCADE, related_name="items", verbose_name="pozycja")
    subject = models.CharField("przedmiot", max_length=1000)
    nature = models.CharField("rodzaj", max_length=10, choices=Nature, blank=True)
    is_social = models.BooleanField("usługi społeczne i inne szczególne", default=False)
    mode = models.ForeignKey(
        "procurement.Mode", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tryb"
    )
    # Net, PLN; what was written stands beside it when it says more than the number.
    value = models.DecimalField(
        "orientacyjna wartość netto (zł)", max_digits=16, decimal_places=2, null=True, blank=True
    )
    value_words = models.CharField("wartość, jak podano", max_length=200, blank=True)
    is_approximate = models.BooleanField("w przybliżeniu", default=False)
    # The first day of the month, quarter or year.
    opens_on = models.DateField("przewidywane wszczęcie", null=True, blank=True)
    opens_precision = models.CharField("dokładność", max_length=8, choices=OpeningPrecision, blank=True)
    parts = models.PositiveSmallIntegerField("liczba części", null=True, blank=True)
    cpv = models.ManyToManyField("registry.CpvCode", through="procurement.PlanItemCpv", related_name="+")
    remarks = models.CharField("informacje dodatkowe", max_length=1000, blank=True)
    # Where its value lies on the day of the plan, and which row of the rules says so.
    band = models.CharField("tabela", max_length=12, choices=Band, blank=True, editable=False)
    judged_by = models.ForeignKey(
        "procurement.Rule", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    update_kind = models.CharField("aktualizacja", max_length=10, choices=UpdateKind, blank=True)
    # {field: [before, after]} in words, against the version before; written when the version is published.
    changes = models.JSONField("zmiany", default=dict, blank=True, editable=False)
    order = models.PositiveIntegerField("kolejność", default=0)

    class Meta:
        verbose_name = "wiersz planu"
        verbose_name_plural = "wiersze planu"
        ordering = ["order", "pk"]
        triggers = [_only_in_drafts()]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="procurement_item_once"),
            models.CheckConstraint(condition=~Q(subject=""), name="procurement_item_subject"),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0), name="procurement_item_value",
                violation_error_message="Wartość nie może być ujemna.",
            ),
            models.CheckConstraint(
                condition=Q(opens_on=None, opens_precision="") | Q(opens_on__isnull=False) & ~Q(opens_precision=""),
                name="procurement_item_opening",
            ),
            models.CheckConstraint(condition=Q(parts=None) | Q(parts__gte=1), name="procurement_item_parts"),
        ]  # fmt: skip

    def __str__(self):
        return self.subject[:80]


class PlanItemCpv(models.Model):
    item = models.ForeignKey(PlanItem, models.CASCADE, related_name="cpv_links", db_index=False)
    code = models.ForeignKey("registry.CpvCode", models.PROTECT, related_name="+", verbose_name="kod CPV")
    # The first one is the main one.
    order = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta:
        verbose_name = "CPV wiersza planu"
        verbose_name_plural = "CPV wiersza planu"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "code"], name="procurement_item_cpv_once")]

    def __str__(self):
        return str(self.code)
