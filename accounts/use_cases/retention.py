"""The nightly forgetting of what is over its time, class by class."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import RetentionReport
from core import personal_data


def forgettable():
    """Codes of the classes that something can be forgotten of."""
    return [one.code for one in personal_data.all_classes() if one.forget]


def forget(code, *, clock):
    """Remove everything of one class that is over its time, a batch a transaction; returns how many rows it was.

    Each batch and its number are committed together, so that a killed night has reported exactly what it removed and
    the next one goes on. Two at once take turns, and a night done twice adds to its own report.
    """
    now = clock()
    report, _ = RetentionReport.objects.get_or_create(
        day=timezone.localdate(now), data_class=code, defaults={"started_at": now}
    )
    total = 0
    while removed := _forget_batch(report.pk, personal_data.find(code), now):
        total += removed
    RetentionReport.objects.filter(pk=report.pk).update(finished_at=clock())
    return total


@transaction.atomic
def _forget_batch(report_id, data_class, now):
    RetentionReport.objects.select_for_update().get(pk=report_id)
    removed = data_class.forget(now)
    if removed:
        RetentionReport.objects.filter(pk=report_id).update(removed=F("removed") + removed)
    return removed
