"""An event once more, on another day: a copy, or a series of them."""

import calendar
from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from events.choices import EventState
from events.coordination.hours import shifted
from events.models import Event, EventDay, Series
from events.models.events import new_uid
from events.use_cases.calendar import derived
from events.use_cases.calendar.slugs import free_slug

MOST = 60
WEEK, FORTNIGHT, MONTH = "tydzien", "dwa-tygodnie", "miesiac"
EVERY = [(WEEK, "co tydzień"), (FORTNIGHT, "co dwa tygodnie"), (MONTH, "co miesiąc, tego samego dnia")]


@transaction.atomic
def copy_event(*, event_id, starts_on, actor, now):
    """A draft with everything of the event but what happened: registrations, steps, photos, materials for after.

    Its first day is `starts_on`; everything dated moves by the same number of whole days and keeps its hour of the
    Polish clock. Refused: an event without a day, an hour that does not exist on the new day.
    """
    event = _source(event_id)
    return _copy(event, starts_on, event.series_id, now)


@transaction.atomic
def repeat_event(*, event_id, every, times, actor, now):
    """`times` more drafts, each a week, two weeks or a month after the one before. Returns them; all are one Series.

    A month later is the same day of the month, or its last one.
    """
    if not 1 <= times <= MOST:
        raise Refused(f"Powtórzeń może być od 1 do {MOST}.", field="times")
    event = _source(event_id)
    if event.series_id is None:
        event.series = Series.objects.create(name=event.title[:200])
        event.changed_at = now
        event.save(update_fields=["series", "changed_at"])
    first = timezone.localdate(event.days.first().starts_at)
    return [_copy(event, _later(first, every, number), event.series_id, now) for number in range(1, times + 1)]


def _source(event_id):
    event = Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event_id)
    if not event.days.exists():
        raise Refused("Najpierw podaj termin tego wydarzenia.")
    return event


def _later(first, every, number):
    if every in (WEEK, FORTNIGHT):
        return first + timedelta(days=number * (7 if every == WEEK else 14))
    if every != MONTH:
        raise Refused("Wybierz, co ile powtarzać.", field="every")
    year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
    return date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))


_NEW = {
    "taken": 0, "moved_from": None, "cancel_reason": "", "source_url": "", "sequence": 0, "ics": "", "search": None,
    "published_at": None, "settled_at": None, "state": EventState.DRAFT,
}  # fmt: skip


def _copy(event, starts_on, series_id, now):
    days = list(event.days.all())
    by = (starts_on - timezone.localdate(days[0].starts_at)).days
    starts_at = shifted(days[0].starts_at, by)
    values = {
        field.attname: getattr(event, field.attname) for field in Event._meta.concrete_fields if not field.primary_key
    }
    copy = Event.objects.create(
        **values
        | _NEW
        | {
            "slug": free_slug(event.title, starts_at),
            "uid": new_uid(),
            "series_id": series_id,
            "copied_from_id": event.pk,
            "starts_at": None,
            "ends_at": None,
            "signup_opens_at": shifted(event.signup_opens_at, by),
            "signup_closes_at": shifted(event.signup_closes_at, by),
            "created_at": now,
            "changed_at": now,
        }
    )
    EventDay.objects.bulk_create(
        EventDay(
            event=copy,
            starts_at=shifted(day.starts_at, by),
            ends_at=shifted(day.ends_at, by),
            is_all_day=day.is_all_day,
            label=day.label,
        )
        for day in days
    )
    _copy_lines(event, copy, by)
    derived.refresh(event_ids=[copy.pk], now=now)
    copy.refresh_from_db()
    return copy


def _copy_lines(event, copy, by):
    for name in ("agenda", "speakers", "questions"):
        lines = list(getattr(event, name).all())
        for line in lines:
            line.pk, line._state.adding, line.event = None, True, copy
            if name == "agenda":
                line.starts_at = shifted(line.starts_at, by)
        getattr(copy, name).bulk_create(lines)
    for material in event.materials.filter(is_after=False):
        with material.file.open() as file:
            content = ContentFile(file.read())
        name = material.file.name
        material.pk, material._state.adding, material.event = None, True, copy
        # A file of its own: taking one off must not take the other's.
        material.file.save(name, content, save=False)
        material.save()
