"""Days that the law counts from a status: what it says stands in dated rows, none of it in the program."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from registry.choices import TermKind, Verifier
from registry.models.history import tracked
from registry.models.institutions import DateRange
from registry.querysets import StatusReportQuerySet, TermRuleQuerySet


class TermRule(models.Model):
    """A number from a day to a day. `is_checked` is False for what no lawyer has confirmed."""

    kind = models.CharField("co", max_length=20, choices=TermKind)
    number = models.PositiveSmallIntegerField("wartość")
    valid_from = models.DateField("obowiązuje od")
    valid_until = models.DateField("obowiązuje do (bez tego dnia)", null=True, blank=True)
    legal_basis = models.CharField("podstawa prawna", max_length=300)
    source = models.CharField("źródło", max_length=300, blank=True)
    is_checked = models.BooleanField("sprawdzone", default=False)

    objects = TermRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "termin ze statusu"
        verbose_name_plural = "terminy ze statusów"
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gt=0) & (~Q(kind=TermKind.REPORT_DAY) | Q(number__range=(101, 1231))),
                name="registry_term_rule_number",
                violation_error_message="Wartość: liczba miesięcy albo miesiąc i dzień, na przykład 331.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="registry_term_rule_dates",
                violation_error_message="Koniec obowiązywania musi być po początku.",
            ),
            ExclusionConstraint(
                name="registry_term_rule_once",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="W tym czasie obowiązuje już inny wiersz.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.number} od {self.valid_from:%d.%m.%Y}"


@tracked
class StatusReport(models.Model):
    """The yearly report of a social enterprise to the wojewoda (art. 10): that it is due, and that it was sent."""

    status = models.ForeignKey(
        "registry.SocialEnterpriseStatus", models.CASCADE, related_name="reports", verbose_name="status PS"
    )
    year = models.PositiveSmallIntegerField("za rok")
    due_on = models.DateField("termin")
    sent_on = models.DateField("wysłano", null=True, blank=True)
    noted_as = models.CharField("kto zapisał, jako kto", max_length=20, choices=Verifier, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kto zapisał"
    )

    objects = StatusReportQuerySet.as_manager()

    class Meta:
        verbose_name = "sprawozdanie roczne PS"
        verbose_name_plural = "sprawozdania roczne PS"
        constraints = [
            models.UniqueConstraint(fields=["status", "year"], name="registry_status_report_once"),
            models.CheckConstraint(condition=Q(year__range=(2022, 2100)), name="registry_status_report_year"),
            models.CheckConstraint(
                condition=Q(sent_on=None, noted_as="") | Q(sent_on__isnull=False) & ~Q(noted_as=""),
                name="registry_status_report_noted",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(sent_on=None), name="registry_status_report_owed"),
        ]

    def __str__(self):
        return f"za rok {self.year}"
