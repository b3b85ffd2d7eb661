from django.db import models
from django.db.models.functions import Lower


class DataSource(models.Model):
    """Where a fact came from. A higher rank is believed over a lower one."""

    name = models.CharField("nazwa", max_length=120)
    rank = models.PositiveSmallIntegerField("ranga", default=20)
    url = models.URLField("adres", blank=True)
    licence = models.CharField("licencja", max_length=120, blank=True)

    class Meta:
        verbose_name = "źródło danych"
        verbose_name_plural = "źródła danych"
        constraints = [models.UniqueConstraint(Lower("name"), name="registry_source_name")]

    def __str__(self):
        return self.name
