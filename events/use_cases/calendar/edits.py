"""What follows an edit of an event: calendars, letters, places that are free now."""

from django.db import transaction

from events.choices import EventState
from events.models import Event, EventStep
from events.use_cases.calendar import derived
from events.use_cases.signups.announcing import announce
from events.use_cases.signups.steps import places_changed

# A change of one of these is what people and calendars must know.
_WHERE = (
    "attendance", "place_name", "street", "house_number", "flat_number", "postal_code", "town", "online_url",
)  # fmt: skip


def standing(event_id):
    """What people were told: days, place, link; compared by `finish` after the edit."""
    event = Event.objects.get(pk=event_id)
    return {
        "days": sorted(event.days.values_list("starts_at", "ends_at", "is_all_day")),
        "where": [getattr(event, name) for name in _WHERE],
        "title": event.title,
    }


@transaction.atomic
def finish(*, event_id, before, words=None, actor, now):
    """Finish an edit whose rows are written. `before` is standing() from before it; `words` are told to people who
    signed up, None tells nobody. Returns {"important": whether calendars learn of it, "told": letters, "offered":
    places given to those in line}.
    """
    after = standing(event_id)
    event = Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event_id)
    event.changed_at = now
    important = event.state in EventState.coming() and any(
        before[name] != after[name] for name in ("days", "where", "title")
    )
    if important:
        event.sequence += 1
    event.save(update_fields=["changed_at", "sequence"])
    derived.refresh(event_ids=[event_id], now=now)
    told = _tell(event, words, actor, now) if event.state in EventState.coming() and words is not None else 0
    # More places, or another beginning of an event that had begun.
    offered = places_changed(event_id=event_id, now=now)
    return {"important": important, "told": told, "offered": offered}


def _tell(event, words, actor, now):
    step = EventStep.objects.create(
        event=event,
        name="change",
        source=event.state,
        target=event.state,
        note=words[:500],
        made_at=now,
        made_by=actor,
    )
    return announce(step, now=now)
