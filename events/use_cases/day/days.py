"""The attendance of one day: finished when somebody has said that the list is whole, open until then.

It is kept as steps of the event (EventStep "finish_day" and "open_day"), the note saying which day by its beginning: a
day that is moved afterwards has no attendance yet, and so is open again.
"""

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from events.models import EventStep
from events.use_cases.day.seating import lock_event

FINISH, OPEN = "finish_day", "open_day"


def day_words(day):
    """The beginning of a day by the Polish clock, "2026-12-03 09:00": what steps say about it."""
    return f"{timezone.localtime(day.starts_at):%Y-%m-%d %H:%M}"


def finished_days(event):
    """Words (day_words) of the days whose attendance is finished. One query."""
    last = {}
    for name, note in event.steps.filter(name__in=[FINISH, OPEN]).order_by("made_at", "pk").values_list(
        "name", "note"
    ):  # fmt: skip
        last[note] = name
    return {note for note, name in last.items() if name == FINISH}


def is_finished(event, day):
    return day_words(day) in finished_days(event)


@transaction.atomic
def finish_day(*, event_id, day_id, actor, now):
    """Say that the attendance of a day is whole. Nothing when it was said already; refused before the day begins."""
    event = lock_event(event_id)
    day = event.days.get(pk=day_id)
    if now < day.starts_at:
        raise Refused("Ten dzień jeszcze się nie zaczął.")
    if not is_finished(event, day):
        _step(event, FINISH, day, actor, now)


@transaction.atomic
def open_day(*, event_id, day_id, actor, now):
    """Take attendance up again for corrections."""
    event = lock_event(event_id)
    day = event.days.get(pk=day_id)
    if is_finished(event, day):
        _step(event, OPEN, day, actor, now)


def _step(event, name, day, actor, now):
    EventStep.objects.create(
        event=event, name=name, source=event.state, target=event.state, note=day_words(day), made_at=now, made_by=actor
    )
