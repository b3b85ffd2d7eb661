"""Minutes of sittings: records like the cases decided at them. A draft that nobody signed is a working paper."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from core.files.letting_go import let_go
from quality_mark.choices import Gone
from quality_mark.keeping import cases_before, records_before, still_needed
from quality_mark.models import AgendaItem, Sitting

BATCH = 200


def forget_minutes(now):
    """Returns how many. While one of the cases is still kept the minutes are too."""
    before = records_before(now)
    items = AgendaItem.objects.filter(sitting=OuterRef("pk"))
    needed = items.filter(application__in=still_needed(before))
    old = Q(signed_at__lt=before) & ~Exists(needed) | Q(signed_at=None, starts_at__lt=cases_before(now))
    known = Sitting.objects.filter(old).exclude(minutes="")
    ids = list(known.order_by("pk").values_list("pk", flat=True)[:BATCH])
    for pk in ids:
        _forget(pk, now)
    return len(ids)


@transaction.atomic
def _forget(pk, now):
    sitting = Sitting.objects.select_for_update().get(pk=pk)
    let_go(sitting.minutes.name)
    Sitting.objects.filter(pk=pk).update(minutes="", gone_at=now, gone_why=Gone.TIME)
    # Names of files that are gone would keep nobody from looking for them.
    Sitting.pgh_event_model.objects.filter(pgh_obj_id=pk).update(minutes="")
