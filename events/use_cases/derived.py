"""What an event repeats of its days, written anew after each change."""

from django.db.models import Max, Min

from events.models import Event, EventDay


def refresh(*, event_ids, now):
    """Write `starts_at` and `ends_at` of these events anew from their days, in the caller's transaction."""
    spans = EventDay.objects.filter(event__in=event_ids).values("event").annotate(Min("starts_at"), Max("ends_at"))
    found = {row["event"]: (row["starts_at__min"], row["ends_at__max"]) for row in spans}
    for event_id in event_ids:
        starts_at, ends_at = found.get(event_id, (None, None))
        Event.objects.filter(pk=event_id).update(starts_at=starts_at, ends_at=ends_at)
