"""How many days offerers must have, by the mode."""

from django.db import models
from django.db.models import Q

from procurement.choices import Nature
from procurement.models.rules import Dated, once_at_a_time
from registry.models.history import tracked


@tracked
class OfferPeriod(Dated):
    """The least number of days from the notice to the end of the time for offers; of all natures without one."""

    # Code of a Mode: that has rows of its own for each time.
    mode = models.SlugField("tryb", max_length=40)
    nature = models.CharField("rodzaj zamówienia", max_length=10, choices=Nature, blank=True)
    days = models.PositiveSmallIntegerField("najmniej dni")

    class Meta(Dated.Meta):
        verbose_name = "termin składania ofert"
        verbose_name_plural = "terminy składania ofert"
        ordering = ["mode", "nature", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(days__gt=0), name="procurement_offer_period_days"),
            once_at_a_time("procurement_offer_period_once", "mode", "nature"),
        ]

    def __str__(self):
        return f"{self.mode}: {self.days} dni od {self.valid_from:%d.%m.%Y}"
