"""What the public pages read: one narrow row per published card and per offer, and the words they are made of.

These tables hold no fact of their own. The use cases write them in the transaction that changes a fact, because
Polish words are lemmatised in Python and a generated column cannot call Python (docs/decisions).
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from registry.choices import Activity
from registry.querysets import CatalogueQuerySet, OfferEntryQuerySet


class Entry(models.Model):
    """Columns that the catalogue and the list of offers share. Lists of codes include every ancestor."""

    name = models.CharField(max_length=400)
    sort_key = models.CharField(max_length=420, db_collation="C")
    kind = models.ForeignKey("registry.OrganisationKind", on_delete=models.PROTECT, related_name="+", db_index=False)
    county = models.ForeignKey(
        "registry.County", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    municipality = models.ForeignKey(
        "registry.Municipality", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    town = models.CharField(max_length=80, blank=True)
    ps = models.BooleanField(default=False)
    mark = models.BooleanField(default=False)
    art94 = models.BooleanField(default=False)
    opp = models.BooleanField(default=False)
    serves = ArrayField(models.CharField(max_length=7), default=list)
    cpv = ArrayField(models.IntegerField(), default=list)
    changed_at = models.DateTimeField()
    # Lexemes are lemmas; "n:" + lemma marks a word of the name, "o:" of an offer, "d:" of the description.
    search = SearchVectorField()

    class Meta:
        abstract = True


class CatalogueEntry(Entry):
    organisation = models.OneToOneField(
        "registry.Organisation", primary_key=True, on_delete=models.CASCADE, related_name="entry"
    )
    slug = models.SlugField(max_length=120)
    form = models.ForeignKey(
        "registry.LegalForm", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    activity = models.CharField(max_length=20, choices=Activity)
    categories = ArrayField(models.SmallIntegerField(), default=list)
    pkd = ArrayField(models.CharField(max_length=13), default=list)
    summary = models.CharField(max_length=300, blank=True)
    mark_until = models.DateField(null=True)
    verified_on = models.DateField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = "wpis katalogu"
        verbose_name_plural = "wpisy katalogu"
        indexes = [
            models.Index(fields=["sort_key", "organisation"], name="registry_entry_sort"),
            models.Index(fields=["-changed_at", "-organisation"], name="registry_entry_changed"),
            models.Index(fields=["county", "sort_key"], name="registry_entry_county"),
            GinIndex(fields=["search"], name="registry_entry_search", fastupdate=False),
            GinIndex(fields=["cpv"], name="registry_entry_cpv", fastupdate=False),
        ]

    def __str__(self):
        return self.name


class OfferEntry(Entry):
    offer = models.OneToOneField("registry.Offer", primary_key=True, on_delete=models.CASCADE, related_name="entry")
    organisation = models.ForeignKey("registry.Organisation", on_delete=models.CASCADE, related_name="offer_entries")
    organisation_name = models.CharField(max_length=400)
    organisation_slug = models.SlugField(max_length=120)
    category = models.ForeignKey(
        "registry.OfferCategory", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    summary = models.CharField(max_length=300, blank=True)

    objects = OfferEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "wpis oferty"
        verbose_name_plural = "wpisy ofert"
        indexes = [
            models.Index(fields=["sort_key", "offer"], name="registry_offerentry_sort"),
            models.Index(fields=["-changed_at", "-offer"], name="registry_offerentry_changed"),
            GinIndex(fields=["search"], name="registry_offerentry_search", fastupdate=False),
            GinIndex(fields=["cpv"], name="registry_offerentry_cpv", fastupdate=False),
        ]

    def __str__(self):
        return self.name


class SearchWord(models.Model):
    """A word that stands somewhere in the catalogue: candidates for "czy chodziło o…"."""

    folded = models.CharField(max_length=60, primary_key=True)
    display = models.CharField(max_length=60)

    class Meta:
        verbose_name = "słowo katalogu"
        verbose_name_plural = "słowa katalogu"
        indexes = [GinIndex(fields=["folded"], name="registry_word_trgm", opclasses=["gin_trgm_ops"])]

    def __str__(self):
        return self.display
