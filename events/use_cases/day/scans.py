"""The list signed by hand, attached to the event."""

from django.db import transaction

from core.documents import CONTENT_TYPES, suffix_of
from core.exceptions import Refused
from events.models import AttendanceScan
from events.use_cases.day.seating import lock_event

MOST = 100


@transaction.atomic
def attach_scan(*, event_id, day_id=None, document, actor, now):
    """Keep a page or a whole list: PDF, JPG or PNG, told by its content, at most 10 MB."""
    event = lock_event(event_id, for_presence=False)
    suffix = suffix_of(document)
    day = event.days.filter(pk=day_id).first() if day_id else None
    if event.scans.count() >= MOST:
        raise Refused("To wydarzenie ma już sto skanów. Połącz strony w jeden plik PDF.", field="document")
    scan = AttendanceScan(event=event, day=day, content_type=CONTENT_TYPES[suffix], added_at=now, added_by=actor)
    scan.file.save(f"lista.{suffix}", document, save=False)
    scan.save()
    return scan


@transaction.atomic
def remove_scan(*, scan_id, event_id):
    """Take a scan off that was attached by mistake; its file goes after the commit."""
    scan = AttendanceScan.objects.select_for_update().filter(pk=scan_id, event=event_id).first()
    if scan is None:
        return
    storage, name = scan.file.storage, scan.file.name
    scan.delete()
    transaction.on_commit(lambda: storage.delete(name), robust=True)
