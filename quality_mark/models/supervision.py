"""What is done about a mark after it was granted: reports, suspensions, complaints, yearly reviews."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from quality_mark.choices import Outcome


def _person():
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")


class MisuseReport(models.Model):
    """What anybody wrote about a mark used wrongly. `mark` is there when the number they gave exists."""

    mark = models.ForeignKey("quality_mark.Mark", models.PROTECT, null=True, blank=True, related_name="misuse_reports")
    number = models.CharField("numer na znaku", max_length=40, blank=True)
    place = models.CharField("gdzie", max_length=300)
    message = models.TextField("co się dzieje")
    email = models.EmailField("e-mail", blank=True)
    reported_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = _person()
    outcome = models.TextField("co zrobiono", blank=True)

    class Meta:
        verbose_name = "zgłoszenie nadużycia"
        verbose_name_plural = "zgłoszenia nadużyć"
        ordering = ["-reported_at", "-pk"]
        indexes = [models.Index(fields=["reported_at"], condition=Q(settled_at=None), name="quality_mark_misuse_open")]
        constraints = [
            models.CheckConstraint(condition=~Q(message="") & ~Q(place=""), name="quality_mark_misuse_said"),
            models.CheckConstraint(
                condition=Q(settled_at=None, outcome="") | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="quality_mark_misuse_settled",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(settled_at__gte=F("reported_at")), name="quality_mark_misuse_after"
            ),
        ]

    def __str__(self):
        return self.number or self.place


class Suspension(models.Model):
    """One suspension of a mark: why, until when the holder may explain, when it must be over."""

    mark = models.ForeignKey("quality_mark.Mark", models.PROTECT, related_name="suspensions")
    reason = models.TextField("powód")
    since = models.DateTimeField()
    hearing_until = models.DateTimeField("wyjaśnienia do")
    ends_by = models.DateTimeField("najpóźniej do")
    explanation = models.TextField("wyjaśnienia podmiotu", blank=True)
    explained_at = models.DateTimeField(null=True, blank=True)
    explained_by = _person()
    # The commission was asked whether to take the mark away: only then it can stand on an agenda.
    opinion_asked_at = models.DateTimeField("opinia Kapituły potrzebna od", null=True, blank=True)
    opinion_asked_by = _person()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "zawieszenie"
        verbose_name_plural = "zawieszenia"
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="quality_mark_suspension_said"),
            models.UniqueConstraint(
                fields=["mark"], condition=Q(ended_at=None), name="quality_mark_suspension_one_open"
            ),
            models.CheckConstraint(
                condition=Q(hearing_until__gt=F("since"), ends_by__gt=F("since")),
                name="quality_mark_suspension_hearing",
            ),
            models.CheckConstraint(
                condition=(Q(ended_at=None) | Q(ended_at__gte=F("since")))
                & (Q(explained_at=None) | Q(explained_at__gte=F("since"), explained_at__lt=F("hearing_until"))),
                name="quality_mark_suspension_order",
            ),
            models.CheckConstraint(
                condition=Q(explanation="", explained_at=None) | (~Q(explanation="") & Q(explained_at__isnull=False)),
                name="quality_mark_suspension_explained",
            ),
        ]

    def __str__(self):
        return f"od {self.since:%d.%m.%Y}"


class Complaint(models.Model):
    """A complaint about a decision: on an application, or on a mark. `body` is whom the rules named then."""

    application = models.ForeignKey(
        "quality_mark.Application", models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    mark = models.ForeignKey("quality_mark.Mark", models.PROTECT, null=True, blank=True, related_name="complaints")
    text = models.TextField("treść")
    body = models.CharField("kto rozpatruje", max_length=200, blank=True)
    author = _person()
    filed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = _person()
    outcome = models.CharField("rozstrzygnięcie", max_length=20, choices=Outcome, blank=True)
    answer = models.TextField("uzasadnienie", blank=True)

    class Meta:
        verbose_name = "skarga"
        verbose_name_plural = "skargi"
        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="quality_mark_complaint_said"),
            models.CheckConstraint(
                condition=Q(application__isnull=False, mark=None) | Q(application=None, mark__isnull=False),
                name="quality_mark_complaint_of_one",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, outcome="")
                | (Q(decided_at__isnull=False, outcome__in=Outcome.values) & ~Q(answer="")),
                name="quality_mark_complaint_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(decided_at__gte=F("filed_at")), name="quality_mark_complaint_after"
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(decided_at=None), name="quality_mark_complaint_open_application"
            ),
            models.UniqueConstraint(
                fields=["mark"], condition=Q(decided_at=None), name="quality_mark_complaint_open_mark"
            ),
        ]

    def __str__(self):
        return f"skarga z {self.filed_at:%d.%m.%Y}"


class Review(models.Model):
    """The yearly look at one mark."""

    mark = models.ForeignKey("quality_mark.Mark", models.PROTECT, related_name="reviews")
    year = models.PositiveSmallIntegerField("rok")
    is_good = models.BooleanField("bez zastrzeżeń")
    note = models.TextField("ustalenia", blank=True)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "przegląd roczny"
        verbose_name_plural = "przeglądy roczne"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["mark", "year"], name="quality_mark_review_once"),
            models.CheckConstraint(condition=Q(is_good=True) | ~Q(note=""), name="quality_mark_review_said"),
        ]

    def __str__(self):
        return f"{self.mark_id}: {self.year}"
