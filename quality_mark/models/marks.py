"""The mark of one offer, and the licences that keep it valid, one after another."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from notifications.models.news import noting
from quality_mark.choices import Ground, MarkState, SignedBy
from quality_mark.models.immutable import stays
from quality_mark.querysets import MarkQuerySet
from registry.models.history import tracked
from registry.models.institutions import DateRange


@tracked
class Mark(models.Model):
    """`number` stands on the certificate and in the code on a packaging: it stays when the mark is renewed."""

    number = models.CharField("numer certyfikatu", max_length=20, unique=True)
    offer = models.ForeignKey("registry.Offer", models.PROTECT, related_name="quality_marks", verbose_name="oferta")
    state = models.CharField("stan", max_length=20, choices=MarkState, default=MarkState.ACTIVE)
    # Since when it stands like this.
    since = models.DateField("od dnia")
    valid_until = models.DateField("ważny do", help_text="Ostatni dzień ważności.")
    revoked_for = models.CharField("podstawa odebrania", max_length=20, choices=Ground, blank=True)
    public_note = models.TextField("informacja publiczna", blank=True)
    reminded_days = models.PositiveSmallIntegerField(
        "ostatnie przypomnienie (dni przed końcem)", null=True, blank=True
    )

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = "znak"
        verbose_name_plural = "znaki"
        indexes = [models.Index(fields=["state", "valid_until"], name="quality_mark_mark_ends")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MarkState.values), name="quality_mark_mark_state"),
            models.UniqueConstraint(
                fields=["offer"],
                condition=Q(state__in=MarkState.living()),
                name="quality_mark_mark_one_living",
                violation_error_message="Ta oferta ma już znak.",
            ),
        ]
        triggers = [
            *noting("znaki", "id", "state valid_until public_note"),
            # At the end of the transaction: a mark and its first licence come together.
            pgtrigger.Trigger(
                name="is_licensed",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func="""
                IF NOT EXISTS (SELECT 1 FROM quality_mark_mark m JOIN quality_mark_licence l ON l.mark_id = m.id
                               WHERE m.id = NEW.id AND l.valid_until = m.valid_until)
                   AND EXISTS (SELECT 1 FROM quality_mark_mark WHERE id = NEW.id) THEN
                    RAISE EXCEPTION 'a mark is valid as long as its last licence'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'quality_mark_mark_licensed';
                END IF;
                RETURN NULL;
""",
            ),
        ]

    def __str__(self):
        return self.number


@tracked
class Licence(models.Model):
    """One period of a mark, from the day of the second signature or from the end of the one before."""

    mark = models.ForeignKey(Mark, models.PROTECT, related_name="licences")
    application = models.OneToOneField("quality_mark.Application", models.PROTECT, related_name="licence")
    granted_on = models.DateField("od dnia")
    valid_until = models.DateField("do dnia (włącznie)")
    holder_signed_on = models.DateField("podpis podmiotu")
    office_signed_on = models.DateField("podpis urzędu")
    holder_signed_by = models.CharField(max_length=20, choices=SignedBy)
    agreement = models.ForeignKey("quality_mark.Paper", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "licencja"
        verbose_name_plural = "licencje"
        ordering = ["granted_on"]
        triggers = [pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("granted_on")), name="quality_mark_licence_period"),
            models.CheckConstraint(
                condition=Q(office_signed_on__gte=F("holder_signed_on"), holder_signed_by__in=SignedBy.values),
                name="quality_mark_licence_signed",
            ),
            ExclusionConstraint(
                name="quality_mark_licence_no_overlap",
                expressions=[
                    ("mark", RangeOperators.EQUAL),
                    (DateRange("granted_on", "valid_until", Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message="W tym czasie znak ma już licencję.",
            ),
        ]

    def __str__(self):
        return f"{self.granted_on:%d.%m.%Y}–{self.valid_until:%d.%m.%Y}"


class MarkStep(models.Model):
    """That a mark was moved: who, when, why. Rows are only added."""

    mark = models.ForeignKey(Mark, models.PROTECT, related_name="steps")
    name = models.SlugField(max_length=30)
    source = models.CharField(max_length=20, choices=MarkState)
    target = models.CharField(max_length=20, choices=MarkState)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    paper = models.ForeignKey("quality_mark.Paper", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "krok znaku"
        verbose_name_plural = "kroki znaków"
        ordering = ["at", "pk"]
        triggers = [
            stays("mark_log_stays", but=["actor"]),
            pgtrigger.Protect(name="mark_log_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.name}: {self.source} → {self.target}"
