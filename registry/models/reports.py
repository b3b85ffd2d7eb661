"""What visitors say is wrong in a card, and what was done about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.links import LinkKeyField
from registry.choices import ReportOutcome, ReportStepName, ReportSubject, Suspicion
from registry.querysets import ErrorReportQuerySet


class ErrorReport(models.Model):
    """ "Zgłoś błąd". What it says is kept a year after it was settled, the address for an answer not as long."""

    organisation = models.ForeignKey(
        "registry.Organisation", on_delete=models.CASCADE, related_name="error_reports", verbose_name="podmiot"
    )
    offer = models.ForeignKey(
        "registry.Offer", models.SET_NULL, null=True, blank=True, related_name="error_reports", verbose_name="oferta"
    )
    subject = models.CharField("czego dotyczy", max_length=20, choices=ReportSubject, blank=True)
    message = models.TextField("co się nie zgadza", max_length=2000)
    email = models.EmailField("e-mail do odpowiedzi", blank=True)
    suspicion = models.CharField("dlaczego podejrzane", max_length=20, choices=Suspicion, blank=True)
    link_key = LinkKeyField()
    created_at = models.DateTimeField("zgłoszono", auto_now_add=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kto załatwia"
    )
    outcome = models.CharField("wynik", max_length=20, choices=ReportOutcome, blank=True)
    settled_at = models.DateTimeField("załatwiono", null=True, blank=True)
    settlement = models.CharField("jak załatwiono", max_length=300, blank=True)
    # What was written to whoever reported it; the letter itself is forgotten sooner.
    answer = models.TextField("odpowiedź", max_length=2000, blank=True)

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = "zgłoszenie błędu"
        verbose_name_plural = "zgłoszenia błędów"
        constraints = [
            models.CheckConstraint(condition=~Q(message=""), name="registry_error_report_message"),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(settled_at__isnull=False), name="registry_error_report_outcome_of_settled"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "created_at"],
                condition=Q(settled_at__isnull=True),
                name="registry_error_report_waiting",
            )
        ]

    def __str__(self):
        return f"{self.organisation}: {self.message[:60]}"


class ReportStep(models.Model):
    """One thing that was done about a report, and by whom."""

    report = models.ForeignKey(ErrorReport, models.CASCADE, related_name="steps", verbose_name="zgłoszenie")
    name = models.CharField("co zrobiono", max_length=20, choices=ReportStepName)
    words = models.CharField("słowa", max_length=300, blank=True)
    at = models.DateTimeField("kiedy")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="kto"
    )

    class Meta:
        verbose_name = "krok zgłoszenia"
        verbose_name_plural = "kroki zgłoszenia"

    def __str__(self):
        return f"{self.get_name_display()} {self.at:%d.%m.%Y}"
