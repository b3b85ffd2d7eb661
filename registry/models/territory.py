"""Voivodeship, counties and municipalities by TERYT code (GUS, register TERC)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left

from registry.choices import MunicipalityKind


class Region(models.Model):
    teryt = models.CharField("TERYT", max_length=2, primary_key=True)
    name = models.CharField("nazwa", max_length=60)

    class Meta:
        verbose_name = "województwo"
        verbose_name_plural = "województwa"

    def __str__(self):
        return self.name


class County(models.Model):
    teryt = models.CharField("TERYT", max_length=4, primary_key=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="counties", verbose_name="województwo")
    name = models.CharField("nazwa", max_length=60)
    is_city = models.BooleanField("miasto na prawach powiatu", default=False)
    nuts3 = models.CharField("NUTS 3", max_length=5, blank=True)
    subregion = models.CharField("podregion", max_length=60, blank=True)
    sort_key = models.CharField(max_length=120, db_collation="C", editable=False)
    former_names = models.JSONField("dawne nazwy", default=list, blank=True)
    boundary = models.JSONField("granica (GeoJSON)", null=True, blank=True)
    latitude = models.FloatField("szerokość geograficzna", null=True, blank=True)
    longitude = models.FloatField("długość geograficzna", null=True, blank=True)

    class Meta:
        verbose_name = "powiat"
        verbose_name_plural = "powiaty"
        constraints = [
            models.CheckConstraint(condition=Q(teryt__regex=r"^\d{4}$"), name="registry_county_teryt"),
            models.CheckConstraint(
                condition=Q(region_id=Left(F("teryt"), 2)),
                name="registry_county_in_region",
            ),
        ]

    def __str__(self):
        return self.name if self.is_city else f"powiat {self.name}"


class Municipality(models.Model):
    teryt = models.CharField("TERYT", max_length=7, primary_key=True)
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="municipalities", verbose_name="powiat")
    name = models.CharField("nazwa", max_length=60)
    kind = models.PositiveSmallIntegerField("rodzaj", choices=MunicipalityKind)
    # "Świdnica (gmina wiejska)" where the county has two of one name, "Świdnica" would be a guess.
    label = models.CharField("nazwa do wyświetlania", max_length=100)
    sort_key = models.CharField(max_length=120, db_collation="C", editable=False)
    boundary = models.JSONField("granica (GeoJSON)", null=True, blank=True)
    latitude = models.FloatField("szerokość geograficzna", null=True, blank=True)
    longitude = models.FloatField("długość geograficzna", null=True, blank=True)

    class Meta:
        verbose_name = "gmina"
        verbose_name_plural = "gminy"
        constraints = [
            models.CheckConstraint(condition=Q(teryt__regex=r"^\d{7}$"), name="registry_municipality_teryt"),
            models.CheckConstraint(
                condition=Q(county_id=Left(F("teryt"), 4)),
                name="registry_municipality_in_county",
            ),
            models.UniqueConstraint(fields=["county", "name", "kind"], name="registry_municipality_once"),
        ]

    def __str__(self):
        return self.label
