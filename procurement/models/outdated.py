"""Entries whose buyer got another name, number or seat: they wait in the transaction of the change, and the next tick
writes them anew (use_cases.entries.following).

Told by triggers, because a name of the register is changed by hand, by an import in bulk, by merging and by undoing,
and the register knows nothing of orders. SQL alone cannot make an entry: it holds lemmas.
"""

import pgtrigger
from django.db import models

from registry.models import Institution

_OF_AUTHORITIES = "SELECT posting_id FROM procurement_postingentry WHERE buyer_id = ANY(renamed)"
_OF_UNITS = """
SELECT e.posting_id FROM procurement_postingentry e WHERE e.posting_id IN (
    SELECT x.posting_id FROM procurement_planposition x JOIN procurement_plan p ON p.id = x.plan_id
    WHERE p.unit_id = ANY(renamed)
    UNION ALL SELECT n.posting_id FROM procurement_notice n WHERE n.unit_id = ANY(renamed)
)
"""


class OutdatedEntry(models.Model):
    """One posting may wait more than once: whoever changes a name does not wait for the worker."""

    posting = models.ForeignKey("procurement.Posting", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "wpis do odświeżenia"
        verbose_name_plural = "wpisy do odświeżenia"

    def __str__(self):
        return str(self.posting_id)


def _outdating(columns, *, owner="came.id", join="", postings=_OF_AUTHORITIES):
    """The trigger of a table whose `columns` entries show; that pages which show them too are old is noted at once."""
    old, new = (", ".join(f"{table}.{column}" for column in columns.split()) for table in ("gone", "came"))
    return pgtrigger.Trigger(
        name="outdates_entries",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=pgtrigger.Referencing(old="gone", new="came"),
        declare=[("renamed", "bigint[]")],
        func=f"""
SELECT array_agg({owner}) INTO renamed FROM gone JOIN came ON came.id = gone.id {join}
WHERE ({old}) IS DISTINCT FROM ({new});
IF renamed IS NOT NULL THEN
    INSERT INTO procurement_outdatedentry (posting_id) {postings};
    INSERT INTO procurement_entrychange DEFAULT VALUES;
END IF;
RETURN NULL;
""",  # noqa: S608 - names of our own columns
    )


def of_authorities():
    return _outdating("institution_id slug")


def of_units():
    return _outdating("name", postings=_OF_UNITS)


class BuyerOfRegister(Institution):
    """The same rows as those of the register, for the trigger that belongs to orders."""

    class Meta:
        proxy = True
        verbose_name = "instytucja, która zamawia"
        verbose_name_plural = "instytucje, które zamawiają"
        triggers = [
            _outdating(
                "name short_name nip town county_id municipality_id",
                owner="a.id",
                join="JOIN procurement_contractingauthority a ON a.institution_id = came.id",
            )
        ]
