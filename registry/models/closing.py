from django.conf import settings
from django.db import models
from django.db.models import Q

from registry.models.history import tracked


@tracked
class Closing(models.Model):
    """An organisation or a unit that has ended its work: its card can still be read and stands in no list."""

    organisation = models.OneToOneField(
        "registry.Organisation", models.CASCADE, related_name="closing", verbose_name="podmiot"
    )
    ended_on = models.DateField("zakończył działalność dnia")
    reason = models.CharField("przyczyna", max_length=300)
    noted_at = models.DateTimeField("zapisano")
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="kto zapisał"
    )

    class Meta:
        verbose_name = "zakończenie działalności"
        verbose_name_plural = "zakończenia działalności"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="registry_closing_reason")]

    def __str__(self):
        return f"{self.organisation}, {self.ended_on:%d.%m.%Y}"
