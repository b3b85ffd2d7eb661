"""What only the passing of days changes: statuses and marks that begin or end, cards that nobody confirms."""

from calendar import monthrange
from datetime import date

import pghistory
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from core.changes import forget_old
from registry.choices import Activity
from registry.models import CatalogueChange, Organisation
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

    Cards unconfirmed for settings.STALE_AFTER_MONTHS are marked "do potwierdzenia", those for
    settings.INACTIVE_AFTER_MONTHS "nieaktywny"; only a confirmation leads back.
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
    """Move cards down, by the day of their confirmation or, of those nobody ever confirmed, of their publication."""
    moved = set()
    for months, target, sources in (
        (settings.INACTIVE_AFTER_MONTHS, Activity.INACTIVE, [Activity.ACTIVE, Activity.STALE]),
        (settings.STALE_AFTER_MONTHS, Activity.STALE, [Activity.ACTIVE]),
    ):
        old = (
            Organisation.objects.working().filter(activity__in=sources).unconfirmed_since(months_before(today, months))
        )
        ids = list(old.values_list("pk", flat=True))
        Organisation.objects.filter(pk__in=ids).update(activity=target)
        moved.update(ids)
    return moved


def months_before(day, months):
    """The same day so many months earlier, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
