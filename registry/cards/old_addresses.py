"""Where an address that no page answers to leads today."""

from registry.models import Closing, Organisation
from registry.sql import fetch

# Cards that merged one after another are followed to the last. UNION drops what was seen before: a circle, which only
# SQL by hand could make, ends without a result instead of going on.
_LEADS_TO = """
WITH RECURSIVE chain AS (
    SELECT o.id, o.merged_into_id FROM registry_organisation o WHERE lower(o.slug) = lower(%s)
    UNION
    SELECT o.id, o.merged_into_id FROM registry_formerslug f JOIN registry_organisation o ON o.id = f.organisation_id
    WHERE lower(f.slug) = lower(%s)
    UNION
    SELECT o.id, o.merged_into_id FROM chain JOIN registry_organisation o ON o.id = chain.merged_into_id
)
SELECT o.* FROM chain JOIN registry_organisation o ON o.id = chain.id WHERE chain.merged_into_id IS NULL
ORDER BY o.removed_at IS NOT NULL, o.id LIMIT 1
"""


# The same for many at once: asked for and found, whatever became of the card since.
_ALL_LEAD_TO = """
WITH RECURSIVE chain AS (
    SELECT asked, o.id, o.merged_into_id FROM unnest(%s::text[]) asked
    JOIN registry_organisation o ON lower(o.slug) = lower(asked)
    UNION
    SELECT asked, o.id, o.merged_into_id FROM unnest(%s::text[]) asked
    JOIN registry_formerslug f ON lower(f.slug) = lower(asked) JOIN registry_organisation o ON o.id = f.organisation_id
    UNION
    SELECT asked, o.id, o.merged_into_id FROM chain JOIN registry_organisation o ON o.id = chain.merged_into_id
)
SELECT asked, min(id) FROM chain WHERE merged_into_id IS NULL GROUP BY asked
"""


def all_lead_to(slugs):
    """{slug: id of the card that it leads to today} of those that any card has or had, in one query."""
    slugs = [slug for slug in slugs if "\0" not in slug]
    return dict(fetch(_ALL_LEAD_TO, [slugs, slugs])) if slugs else {}


def leads_to(slug):
    """The card, published or removed, that `slug` led to once or leads to in other letters; None for no card.

    A card that is only out of the catalogue for a while is nobody's business; nor does an address lead to itself.
    """
    if "\0" in slug:
        return None
    card = next(iter(Organisation.objects.raw(_LEADS_TO, [slug, slug])), None)
    if card is None or not (card.published_at or card.removed_at):
        return None
    return None if card.slug == slug and card.published_at else card


def was_public(card):
    """Whether the card ever stood in the catalogue; its history knows."""
    return Organisation.pgh_event_model.objects.filter(pgh_obj_id=card.pk, published_at__isnull=False).exists()


def reason_of(card):
    return Closing.objects.filter(organisation=card.pk).values_list("reason", flat=True).first() or ""
