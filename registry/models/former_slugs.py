"""Addresses that cards once had: they lead to the card for good, and no other card ever gets them.

Kept by triggers, because an address is changed by hand, by an import, by a program or by SQL.
"""

import pgtrigger
from django.db import models
from django.db.models.functions import Lower, Now

# After the statement, so that whoever waited for another's rename to commit sees what it left here.
_REFUSE = """
IF EXISTS (
    SELECT FROM came JOIN registry_formerslug f ON lower(f.slug) = lower(came.slug) AND f.organisation_id <> came.id
) THEN
    RAISE unique_violation USING CONSTRAINT = 'registry_organisation_slug_ci',
        MESSAGE = 'this address belonged to another card';
END IF;
"""
_KEEP = f"""
IF EXISTS (SELECT FROM gone JOIN came USING (id) WHERE gone.slug <> came.slug) THEN
    DELETE FROM registry_formerslug f USING came
    WHERE f.organisation_id = came.id AND lower(f.slug) = lower(came.slug);
    INSERT INTO registry_formerslug (slug, organisation_id, replaced_at)
    SELECT gone.slug, gone.id, now() FROM gone JOIN came USING (id) WHERE lower(gone.slug) <> lower(came.slug);
    {_REFUSE}
END IF;
"""  # noqa: S608 - our own words


class FormerSlug(models.Model):
    """One address of the past. A card that takes its own address back loses the row: there is never a loop."""

    slug = models.SlugField("dawny adres", max_length=120, db_index=False)
    organisation = models.ForeignKey(
        "registry.Organisation", models.CASCADE, related_name="former_slugs", verbose_name="podmiot"
    )
    replaced_at = models.DateTimeField("zmieniono", db_default=Now())

    class Meta:
        verbose_name = "dawny adres karty"
        verbose_name_plural = "dawne adresy kart"
        constraints = [models.UniqueConstraint(Lower("slug"), name="registry_former_slug_ci")]
        indexes = [
            models.Index(fields=["slug"], opclasses=["varchar_pattern_ops"], name="registry_former_slug_begins")
        ]

    def __str__(self):
        return self.slug


def keeps_old_addresses():
    """The triggers of the cards' own table, one call for a whole bulk statement."""
    return [
        pgtrigger.Trigger(
            name="keeps_old_address",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            referencing=pgtrigger.Referencing(old="gone", new="came"),
            func=f"{_KEEP}RETURN NULL;",
        ),
        pgtrigger.Trigger(
            name="leaves_old_addresses",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            referencing=pgtrigger.Referencing(new="came"),
            func=f"{_REFUSE}RETURN NULL;",
        ),
    ]
