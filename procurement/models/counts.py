"""How many entries there are of each sort: what is counted beside the filters when no words are searched for.

Rows are only added, a change of an entry as minus one and plus one, so that nobody waits for another's long import.
The numbers of a sort are added up when they are read, and every hour for good (use_cases.entries.counting).
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

_DIMENSIONS = "cell, type, county_id, nature, year, clauses, articles"
_ADD = """
INSERT INTO procurement_entrycell ({dimensions}, n)
SELECT {dimensions}, {sign} count(*) FROM {rows} GROUP BY {dimensions};
INSERT INTO procurement_entrybuyer (cell, buyer_id, n)
SELECT cell, buyer_id, {sign} count(*) FROM {rows} GROUP BY cell, buyer_id;
"""


class EntryCell(models.Model):
    cell = models.BigIntegerField()
    type = models.CharField(max_length=10)
    county_id = models.CharField(max_length=4, null=True)  # noqa: DJ001 - copied from a foreign key
    nature = models.CharField(max_length=10, blank=True)
    year = models.PositiveSmallIntegerField()
    clauses = ArrayField(models.CharField(max_length=40))
    articles = ArrayField(models.CharField(max_length=20))
    n = models.BigIntegerField()

    class Meta:
        verbose_name = "liczba wpisów"
        verbose_name_plural = "liczby wpisów"

    def __str__(self):
        return f"{self.cell}: {self.n}"


class EntryBuyer(models.Model):
    cell = models.BigIntegerField()
    buyer_id = models.BigIntegerField()
    n = models.BigIntegerField()

    class Meta:
        verbose_name = "liczba wpisów zamawiającego"
        verbose_name_plural = "liczby wpisów zamawiających"

    def __str__(self):
        return f"{self.cell}, {self.buyer_id}: {self.n}"


def counted():
    """The triggers of entries that add such rows, whoever changes entries and however."""
    gone = _ADD.format(dimensions=_DIMENSIONS, sign="-", rows="gone")
    came = _ADD.format(dimensions=_DIMENSIONS, sign="", rows="came")
    return [
        _trigger("count_insert", pgtrigger.Insert, came, new="came"),
        _trigger("count_delete", pgtrigger.Delete, gone, old="gone"),
        _trigger("count_update", pgtrigger.Update, gone + came, old="gone", new="came"),
    ]


def _trigger(name, operation, statements, **tables):
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        func=f"{statements} RETURN NULL;",
    )
