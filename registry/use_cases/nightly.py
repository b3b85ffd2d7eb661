"""What only the passing of days changes: statuses and marks that begin or end, cards that nobody confirms."""

import pghistory
from django.db import connection, transaction
from django.utils import timezone

from core.changes import forget_old
from registry.choices import Activity
from registry.confirming.cards import out_of_use, unconfirmed
from registry.models import CatalogueChange, FreshnessRule, Organisation
from registry.sql import MARKS
from registry.use_cases import catalogue

# Entries that say of a card or an offer what is no longer, or not yet, true on this day.
_OUTDATED = """
SELECT e.organisation_id FROM registry_catalogueentry e
JOIN registry_organisation o ON o.id = e.organisation_id
WHERE e.ps IS DISTINCT FROM (o.unit_id IS NULL AND EXISTS (
    SELECT FROM registry_socialenterprisestatus s WHERE s.institution_id = o.institution_id
    AND s.granted_on <= %(today)s AND (s.lost_on IS NULL OR s.lost_on > %(today)s)
)) OR e.activity <> o.activity
UNION
SELECT e.organisation_id FROM registry_offerentry e
LEFT JOIN ({marks}) marks USING (offer_id)
WHERE e.mark_until IS DISTINCT FROM marks.until
""".replace("{marks}", MARKS)


def turn_the_page(*, now):
    """Bring the catalogue to the day of `now`; returns how many cards were written. Safe to repeat or to miss a night.

    Cards whose silence is over by the rules of the day (FreshnessRule) become "niepotwierdzony", then "nieaktywny";
    only a confirmation leads back.
    """
    today = timezone.localdate(now)
    with transaction.atomic(), pghistory.context(source="noc"):
        aged = _age(today)
        with connection.cursor() as cursor:
            cursor.execute(_OUTDATED, {"today": today})
            outdated = {pk for (pk,) in cursor.fetchall()} | aged
        catalogue.refresh(outdated, now=now)
    forget_old(CatalogueChange)
    return len(outdated)


def _age(today):
    """Move cards down as the rule of the day says."""
    rule = FreshnessRule.objects.on(today)
    moved = set()
    for old, target in ((out_of_use, Activity.INACTIVE), (unconfirmed, Activity.STALE)):
        ids = list(old(rule, today).values_list("pk", flat=True))
        Organisation.objects.filter(pk__in=ids).update(activity=target)
        moved.update(ids)
    return moved
