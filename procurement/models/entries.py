"""What /zamowienia/ reads: one row for each current item of a published plan and for each public notice.

No fact of its own: `procurement.use_cases.entries.refresh` writes it in the transaction that changes one, like the
entries of the catalogue (docs/decisions/0030, 0082). What is not public does not stand here: neither a value that the
buyer keeps to itself nor a row that visitors may not see.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from core.changes import ChangeNote, noted
from notifications.models.news import noting
from procurement.choices import EntryType, Nature, NoticeKind, OpeningPrecision
from procurement.models.counts import counted
from procurement.models.postings import posting_address
from registry.models.catalogue import FEW_PENDING, PENDING, KnownWord, cell, dictionary


class EntryChange(ChangeNote):
    """That an entry has changed, or what pages of orders show beside it."""

    class Meta:
        verbose_name = "zmiana listy zamówień"
        verbose_name_plural = "zmiany listy zamówień"


# What counts as news of an order, as in registry.models.catalogue.
NEWS = "changed_at type state subject county_id nature value due_at year clauses articles cpv"


class PostingEntry(models.Model):
    posting = models.OneToOneField(
        "procurement.Posting", primary_key=True, on_delete=models.CASCADE, related_name="entry"
    )
    # What is counted and sorted by stands first: PostgreSQL reads a row up to the last column asked for.
    buyer = models.ForeignKey(
        "procurement.ContractingAuthority",
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    cell = cell("type", "county", "nature", "year", "clause_key")
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # What people wait for: the last moment for offers, or the first one of the time in which a procedure begins.
    due_at = models.DateTimeField(null=True)
    type = models.CharField(max_length=10, choices=EntryType)
    ocid = models.CharField(max_length=80)
    subject = models.CharField(max_length=1000)
    sort_key = models.CharField(max_length=420, db_collation="C")
    summary = models.CharField(max_length=300, blank=True)
    buyer_name = models.CharField(max_length=400)
    buyer_slug = models.SlugField(max_length=120, db_index=False)
    buyer_nip = models.CharField(max_length=10, blank=True)
    unit_name = models.CharField(max_length=300, blank=True)
    # Where it is done; when nobody says, where the buyer sits.
    county = dictionary("County", null=True)
    municipality = dictionary("Municipality", null=True)
    nature = models.CharField(max_length=10, choices=Nature, blank=True)
    notice_kind = models.CharField(max_length=40, choices=NoticeKind, blank=True)
    state = models.CharField(max_length=16, blank=True)
    mode = models.CharField(max_length=40, blank=True)
    mode_label = models.CharField(max_length=160, blank=True)
    # Net, PLN; of a result what was agreed.
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    is_approximate = models.BooleanField(default=False)
    year = models.PositiveSmallIntegerField()
    # Codes without the control digit with all their parents, for searching; as they are written, for showing.
    cpv = ArrayField(models.IntegerField(), default=list)
    cpv_codes = ArrayField(models.CharField(max_length=10), default=list)
    # Codes of clause kinds and their articles; the key is equal for rows with the same clauses.
    clauses = ArrayField(models.CharField(max_length=40), default=list)
    articles = ArrayField(models.CharField(max_length=20), default=list)
    clause_key = models.CharField(max_length=400, blank=True)
    # "1.3.6" of a plan, the number in a bulletin of a notice; the plan it stands in.
    number = models.CharField(max_length=80, blank=True)
    plan_number = models.CharField(max_length=30, blank=True)
    opens_on = models.DateField(null=True)
    opens_precision = models.CharField(max_length=8, choices=OpeningPrecision, blank=True)
    deadline_at = models.DateTimeField(null=True)
    decided_on = models.DateField(null=True)
    suppliers = ArrayField(models.CharField(max_length=400), default=list)
    url = models.URLField(max_length=500, blank=True)
    # Lemmas, each behind the letter of the best field it stands in (registry.search.Field).
    search = SearchVectorField()

    not_shown = ("search", "cpv", "sort_key", "cell", "clause_key", "ocid")
    words_table = "procurement_postingword"

    class Meta:
        verbose_name = "wpis listy zamówień"
        verbose_name_plural = "wpisy listy zamówień"
        triggers = [noted("procurement_entrychange"), *counted(), *noting("zamowienia", "posting_id", NEWS)]
        indexes = [
            models.Index(fields=["-published_at", "-posting"], name="procurement_entry_newest"),
            models.Index(fields=["-changed_at", "-posting"], name="procurement_entry_changed"),
            models.Index(fields=["sort_key", "posting"], name="procurement_entry_sort"),
            # These two also answer, by themselves, in which cells the rows of a range lie.
            models.Index(
                F("value").desc(nulls_last=True),
                F("posting").desc(),
                include=["cell", "buyer"],
                name="procurement_entry_value",
            ),
            models.Index(fields=["due_at", "posting"], name="procurement_entry_due"),
            models.Index(
                fields=["due_at"],
                include=["cell", "buyer", "posting"],
                condition=Q(type=EntryType.NOTICE),
                name="procurement_entry_open",
            ),
            models.Index(fields=["buyer"], name="procurement_entry_buyer"),
            GinIndex(fields=["search"], name="procurement_entry_search", gin_pending_list_limit=PENDING),
            GinIndex(fields=["cpv"], name="procurement_entry_cpv", gin_pending_list_limit=FEW_PENDING),
        ]

    def __str__(self):
        return self.subject[:80]

    def get_absolute_url(self):
        return posting_address(self.pk, self.subject)


class PostingWord(KnownWord):
    """Words that stand in entries."""

    class Meta:
        verbose_name = "słowo listy zamówień"
        verbose_name_plural = "słowa listy zamówień"
        indexes = [GinIndex(fields=["folded"], name="procurement_word_trgm", opclasses=["gin_trgm_ops"])]
