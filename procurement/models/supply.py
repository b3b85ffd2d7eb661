"""Orders for suppliers: what was announced and waits to be matched, what fits whom, and what they say of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from procurement.choices import Refusal


class Announcement(models.Model):
    """A posting became public or says something new; a worker looks for whom it fits, and then the row goes."""

    posting = models.ForeignKey("procurement.Posting", models.CASCADE, related_name="announcements")
    announced_at = models.DateTimeField("ogłoszono")

    class Meta:
        verbose_name = "wpis do dopasowania"
        verbose_name_plural = "wpisy do dopasowania"
        ordering = ["pk"]

    def __str__(self):
        return str(self.posting_id)


class SupplyFit(models.Model):
    """A posting that an organisation with a representative could deliver. Told once, however often it is announced."""

    posting = models.ForeignKey("procurement.Posting", models.CASCADE, related_name="fits", verbose_name="wpis")
    organisation = models.ForeignKey(
        "registry.Organisation", models.CASCADE, related_name="fits", verbose_name="podmiot"
    )
    score = models.PositiveSmallIntegerField("dopasowanie")
    why = models.CharField("dlaczego", max_length=2000)
    found_at = models.DateTimeField("znaleziono")

    class Meta:
        verbose_name = "pasujące zamówienie"
        verbose_name_plural = "pasujące zamówienia"
        constraints = [models.UniqueConstraint(fields=["posting", "organisation"], name="procurement_fit_once")]
        indexes = [models.Index(fields=["organisation", "-found_at"], name="procurement_fit_newest")]

    def __str__(self):
        return f"{self.posting_id}: {self.organisation_id}"


class Interest(models.Model):
    """ "Interesuje mnie", or "nie dla nas" and why. Officers see the figures; the score does not."""

    posting = models.ForeignKey("procurement.Posting", models.CASCADE, related_name="interests", verbose_name="wpis")
    organisation = models.ForeignKey(
        "registry.Organisation", models.CASCADE, related_name="interests", verbose_name="podmiot"
    )
    is_interested = models.BooleanField("interesuje nas")
    reason = models.CharField("dlaczego nie", max_length=20, choices=Refusal, blank=True)
    words = models.CharField("swoimi słowami", max_length=500, blank=True)
    said_at = models.DateTimeField("powiedziano")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "głos wykonawcy"
        verbose_name_plural = "głosy wykonawców"
        constraints = [
            models.UniqueConstraint(fields=["posting", "organisation"], name="procurement_interest_once"),
            models.CheckConstraint(
                condition=Q(is_interested=True, reason="") | Q(is_interested=False) & ~Q(reason=""),
                name="procurement_interest_reason",
                violation_error_message="Wybierz powód.",
            ),
        ]

    def __str__(self):
        return f"{self.posting_id}: {self.organisation_id}"
