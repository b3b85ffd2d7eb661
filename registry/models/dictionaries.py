"""Dictionaries: rows that the law or an office may change, loaded by `load_dictionaries` from data/."""

from django.db import models
from django.db.models import Q

from registry.choices import CpvLevel


class DictionaryLoad(models.Model):
    """Which state of which dictionary stands in the database, and where it came from."""

    name = models.CharField("słownik", max_length=60, primary_key=True)
    as_of = models.DateField("stan na")
    source = models.CharField("źródło", max_length=300)
    licence = models.CharField("licencja", max_length=120, blank=True)
    rows = models.PositiveIntegerField("wierszy")
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField("wczytano", auto_now=True)

    class Meta:
        verbose_name = "stan słownika"
        verbose_name_plural = "stany słowników"

    def __str__(self):
        return f"{self.name}, stan na {self.as_of:%d.%m.%Y}"


class OrganisationKind(models.Model):
    """Kind of social-economy organisation: art. 2 pkt 5 of the act of 5 August 2022 on the social economy."""

    code = models.SlugField("kod", max_length=40, primary_key=True)
    label = models.CharField("nazwa", max_length=120)
    plural_label = models.CharField("nazwa, liczba mnoga", max_length=120)
    short_label = models.CharField("skrót", max_length=40, blank=True)
    legal_reference = models.CharField("podstawa prawna", max_length=200, blank=True)
    is_unit = models.BooleanField("jednostka bez osobowości prawnej", default=False)
    may_hold_ps = models.BooleanField("może mieć status PS", default=False)
    may_hold_mark = models.BooleanField("może mieć znak", default=False)
    is_art94 = models.BooleanField("z mocy prawa może startować z art. 94", default=False)
    position = models.PositiveSmallIntegerField("kolejność", unique=True)

    class Meta:
        verbose_name = "rodzaj podmiotu"
        verbose_name_plural = "rodzaje podmiotów"

    def __str__(self):
        return self.label


class LegalForm(models.Model):
    code = models.SlugField("kod", max_length=40, primary_key=True)
    label = models.CharField("nazwa", max_length=120)
    position = models.PositiveSmallIntegerField("kolejność", unique=True)

    class Meta:
        verbose_name = "forma prawna"
        verbose_name_plural = "formy prawne"

    def __str__(self):
        return self.label


class CpvCode(models.Model):
    """Common Procurement Vocabulary 2008. The control digit follows no formula: the table is the only check."""

    code8 = models.CharField("kod bez cyfry kontrolnej", max_length=8, primary_key=True)
    code = models.CharField("kod", max_length=10, unique=True)
    level = models.CharField("poziom", max_length=12, choices=CpvLevel)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name="nadrzędny"
    )
    label_pl = models.CharField("nazwa", max_length=400)
    label_en = models.CharField("nazwa angielska", max_length=400, blank=True)

    class Meta:
        verbose_name = "kod CPV"
        verbose_name_plural = "kody CPV"
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^\d{8}-\d$"), name="registry_cpv_code"),
            models.CheckConstraint(condition=Q(code__startswith=models.F("code8")), name="registry_cpv_code8"),
        ]

    def __str__(self):
        return f"{self.code} {self.label_pl}"


class PkdCode(models.Model):
    """Polish Classification of Activities: one symbol may mean different things in PKD 2007 and PKD 2025."""

    version = models.PositiveSmallIntegerField("wersja")
    symbol = models.CharField("symbol", max_length=8)
    level = models.CharField("poziom", max_length=12)
    section = models.CharField("sekcja", max_length=1)
    name = models.CharField("nazwa", max_length=400)

    class Meta:
        verbose_name = "kod PKD"
        verbose_name_plural = "kody PKD"
        constraints = [
            models.UniqueConstraint(fields=["version", "symbol"], name="registry_pkd_once"),
            models.CheckConstraint(condition=Q(version__in=[2007, 2025]), name="registry_pkd_version"),
        ]

    def __str__(self):
        return f"{self.symbol} {self.name} (PKD {self.version})"


class OfferCategory(models.Model):
    code = models.SlugField("kod", max_length=40, primary_key=True)
    label = models.CharField("nazwa", max_length=120)
    # Words that suggest this category for an offer nobody has classified yet.
    keywords = models.JSONField("słowa kluczowe", default=list, blank=True)
    position = models.PositiveSmallIntegerField("kolejność", unique=True)
    cpv = models.ManyToManyField(CpvCode, related_name="categories", verbose_name="kody CPV", blank=True)

    class Meta:
        verbose_name = "kategoria ofert"
        verbose_name_plural = "kategorie ofert"

    def __str__(self):
        return self.label
