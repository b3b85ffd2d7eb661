"""What a person wants to be told of by letter, and when not."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from notifications.choices import Frequency


class Preference(models.Model):
    """How often one kind of letter may come; without a row, at once. Duties ask nobody.

    It is an account's, or of an address without one: that can only have said "never", by the link in a letter.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="konto"
    )
    address = models.EmailField("adres", blank=True)
    template = models.CharField("wzór", max_length=100)
    frequency = models.CharField("jak często", max_length=10, choices=Frequency)

    class Meta:
        verbose_name = "wybór listów"
        verbose_name_plural = "wybory listów"
        constraints = [
            models.UniqueConstraint(fields=["user", "template"], name="notifications_preference_of_user"),
            models.UniqueConstraint(
                Lower("address"), "template", condition=Q(user=None), name="notifications_preference_of_address"
            ),
            models.CheckConstraint(condition=Q(frequency__in=Frequency.values), name="notifications_frequency_known"),
            models.CheckConstraint(
                condition=Q(user__isnull=False, address="") | Q(user=None, frequency=Frequency.NEVER) & ~Q(address=""),
                name="notifications_preference_has_one_owner",
            ),
        ]

    def __str__(self):
        return f"{self.template}: {self.get_frequency_display()}"


class QuietHours(models.Model):
    """By the Polish clock, maybe over midnight: letters that are no duty wait for their end."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+", verbose_name="konto"
    )
    starts = models.TimeField("od")
    ends = models.TimeField("do")

    class Meta:
        verbose_name = "cisza"
        verbose_name_plural = "godziny ciszy"
        constraints = [
            models.CheckConstraint(condition=~Q(starts=F("ends")), name="notifications_quiet_hours_end"),
        ]

    def __str__(self):
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"
