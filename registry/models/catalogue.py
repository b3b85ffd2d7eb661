"""What the public pages read: one row per published card and per offer, and the words they are made of.

These tables hold no fact of their own. The use cases write them in the transaction that changes a fact, because
Polish words are lemmatised in Python and a generated column cannot call Python (docs/decisions/0030). Their foreign
keys to dictionaries are not checked by the database: the rows they are copied from were.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Cast

from core.changes import ChangeNote, noted
from notifications.models.news import noting
from registry.choices import Activity
from registry.querysets import CatalogueQuerySet, OfferEntryQuerySet

# Kilobytes of new lexemes, and of new codes, that the indexes take up in one go: seven times faster than one by one.
# The use case empties the lists when it has finished, because every search has to read through them.
PENDING, FEW_PENDING = 16_384, 1_024
MARKED = models.Q(mark_until__isnull=False)
# What counts as news: that a fact was changed, and what changes with the day or with a row of another table. Neither
# words nor summaries: a program that understands them otherwise has no news.
CARD_NEWS = (
    "changed_at name kind_id form_id county_id municipality_id activity ps mark mark_until art94 opp categories "
    "serves cpv pkd"
)
OFFER_NEWS = "changed_at name kind_id county_id municipality_id category_id ps mark mark_until art94 cpv serves"


class CatalogueChange(ChangeNote):
    """That an entry has changed."""

    class Meta:
        verbose_name = "zmiana katalogu"
        verbose_name_plural = "zmiany katalogu"


def cell(*fields):
    """Equal for rows that agree in all these columns, so that counting them for every filter groups by one number.

    64 bits of a hash: two of some ten thousand texts never meet.
    """
    number = models.BigIntegerField()
    texts = [Cast(field, models.TextField()) for field in fields]
    template = "hash_array_extended(ARRAY[%(expressions)s], 0)"
    return models.GeneratedField(
        expression=models.Func(*texts, template=template, output_field=number), output_field=number, db_persist=True
    )


def dictionary(to, **options):
    return models.ForeignKey(
        f"registry.{to}",
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,
        db_constraint=False,
        **options,
    )


class Entry(models.Model):
    """Columns that the catalogue and the list of offers share."""

    name = models.CharField(max_length=400)
    sort_key = models.CharField(max_length=420, db_collation="C")
    kind = dictionary("OrganisationKind")
    county = dictionary("County", null=True)
    municipality = dictionary("Municipality", null=True)
    town = models.CharField(max_length=80, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    ps = models.BooleanField(default=False)
    mark = models.BooleanField(default=False)
    art94 = models.BooleanField(default=False)
    opp = models.BooleanField(default=False)
    # TERYT codes or "PL", and "0264*" for each wider area that one of them lies in (registry.search.serving).
    serves = ArrayField(models.CharField(max_length=7), default=list)
    # Codes without the control digit, with all their parents.
    cpv = ArrayField(models.IntegerField(), default=list)
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # Lemmas, each behind the letter of the best field it stands in (registry.search.Field).
    search = SearchVectorField()

    # Columns that a page of a list does without (registry.listing).
    not_shown = ("search", "serves", "cpv", "pkd", "sort_key", "cell", "categories", "category_bits")
    # Where the words stand that its search knows (registry.spelling).
    words_table = "registry_searchword"

    class Meta:
        abstract = True

    def is_marked_on(self, day):
        """The mark is over with its last day, whether or not the night job has written that down."""
        return self.mark and self.mark_until is not None and self.mark_until >= day


class CatalogueEntry(Entry):
    organisation = models.OneToOneField(
        "registry.Organisation", primary_key=True, on_delete=models.CASCADE, related_name="entry"
    )
    slug = models.SlugField(max_length=120, db_index=False)
    form = dictionary("LegalForm", null=True)
    activity = models.CharField(max_length=20, choices=Activity)
    categories = ArrayField(models.CharField(max_length=40), default=list)
    # Symbols with their parents, each also with the version of PKD in front: "81.21.Z", "2007:81.21.Z", "81.2"…
    pkd = ArrayField(models.CharField(max_length=13), default=list)
    mark_until = models.DateField(null=True)
    verified_on = models.DateField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    # The same as a sum of CategoryBit.value, for counting.
    category_bits = models.BigIntegerField(default=0)
    cell = cell("county", "kind", "form", "activity", "ps", "mark", "art94", "opp")

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = "wpis katalogu"
        verbose_name_plural = "wpisy katalogu"
        triggers = [noted("registry_cataloguechange"), *noting("katalog", "organisation_id", CARD_NEWS)]
        indexes = [
            models.Index(fields=["sort_key", "organisation"], name="registry_entry_sort"),
            models.Index(fields=["-changed_at", "-organisation"], name="registry_entry_changed"),
            models.Index(fields=["-published_at", "-organisation"], name="registry_entry_newest"),
            models.Index(fields=["county", "sort_key"], name="registry_entry_county"),
            models.Index(fields=["municipality"], name="registry_entry_municipality"),
            # Counts for the filters are read from this alone.
            models.Index(fields=["cell", "category_bits", "organisation"], name="registry_entry_cells"),
            # Few have one; which of them are over by today is asked with every count.
            models.Index(fields=["mark_until"], condition=MARKED, name="registry_entry_marked"),
            GinIndex(fields=["categories"], name="registry_entry_categories", gin_pending_list_limit=FEW_PENDING),
            GinIndex(fields=["search"], name="registry_entry_search", gin_pending_list_limit=PENDING),
            GinIndex(fields=["serves"], name="registry_entry_serves", gin_pending_list_limit=FEW_PENDING),
            GinIndex(fields=["cpv"], name="registry_entry_cpv", gin_pending_list_limit=FEW_PENDING),
            GinIndex(fields=["pkd"], name="registry_entry_pkd", gin_pending_list_limit=FEW_PENDING),
        ]

    def __str__(self):
        return self.name


class OfferEntry(Entry):
    offer = models.OneToOneField("registry.Offer", primary_key=True, on_delete=models.CASCADE, related_name="entry")
    # The offer belongs to it, so that is not checked a second time.
    organisation = models.ForeignKey(
        "registry.Organisation", on_delete=models.CASCADE, db_constraint=False, related_name="offer_entries"
    )
    organisation_name = models.CharField(max_length=400)
    organisation_slug = models.SlugField(max_length=120, db_index=False)
    category = dictionary("OfferCategory", null=True)
    mark_until = models.DateField(null=True)
    cell = cell("county", "kind", "category", "ps", "mark", "art94")

    objects = OfferEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "wpis oferty"
        verbose_name_plural = "wpisy ofert"
        triggers = [noted("registry_cataloguechange"), *noting("oferty", "offer_id", OFFER_NEWS)]
        indexes = [
            models.Index(fields=["sort_key", "offer"], name="registry_offerentry_sort"),
            models.Index(fields=["-changed_at", "-offer"], name="registry_offerentry_changed"),
            models.Index(fields=["-published_at", "-offer"], name="registry_offerentry_newest"),
            models.Index(fields=["county", "sort_key"], name="registry_offerentry_county"),
            models.Index(fields=["cell", "offer"], name="registry_offerentry_cell"),
            models.Index(fields=["mark_until"], condition=MARKED, name="registry_offerentry_marked"),
            GinIndex(fields=["search"], name="registry_offerentry_search", gin_pending_list_limit=PENDING),
            GinIndex(fields=["cpv"], name="registry_offerentry_cpv", gin_pending_list_limit=FEW_PENDING),
        ]

    def __str__(self):
        return self.name


class CategoryBit(models.Model):
    """Which bit of CatalogueEntry.category_bits stands for a category; given once and never changed."""

    category = models.OneToOneField("registry.OfferCategory", primary_key=True, on_delete=models.CASCADE)
    bit = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        verbose_name = "bit kategorii"
        verbose_name_plural = "bity kategorii"
        constraints = [models.CheckConstraint(condition=models.Q(bit__lt=62), name="registry_category_bit_fits")]

    def __str__(self):
        return f"{self.category_id}: {self.bit}"


class KnownWord(models.Model):
    """A word that stands somewhere in the entries: for "czy chodziło o…". Its first index is of trigrams."""

    folded = models.CharField(max_length=60, primary_key=True)
    display = models.CharField(max_length=60)

    class Meta:
        abstract = True

    def __str__(self):
        return self.display


class SearchWord(KnownWord):
    """Words of the catalogue and of the offers."""

    class Meta:
        verbose_name = "słowo katalogu"
        verbose_name_plural = "słowa katalogu"
        indexes = [GinIndex(fields=["folded"], name="registry_word_trgm", opclasses=["gin_trgm_ops"])]
