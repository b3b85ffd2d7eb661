"""Columns of an event that repeat other rows or say them in another form: for lists, search and calendars."""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Value
from django.db.models.functions import Cast

from events.calendar.ical import vevents
from events.models import Event
from registry.search import Field
from registry.use_cases.catalogue.lexemes import Lexemes

_BATCH = 500


def refresh(*, event_ids, now):
    """Write starts_at, ends_at, search, ics and changed_at of these events, in the caller's transaction.

    To be called by whoever changed an event or anything that hangs on it, with the event locked. SEQUENCE is the
    caller's: it grows when the change is one that people must be told of.
    """
    ids = sorted(set(event_ids))
    for start in range(0, len(ids), _BATCH):
        _refresh(ids[start : start + _BATCH], now)


def _refresh(ids, now):
    rows = Event.objects.filter(pk__in=ids).select_related("series", "municipality", "county")
    events = list(rows.prefetch_related("days", "agenda", "speakers"))
    for event in events:
        days = list(event.days.all())
        event.starts_at = days[0].starts_at if days else None
        event.ends_at = days[-1].ends_at if days else None
        event.changed_at = now
        event.ics = vevents(event, days)
        event.search = Cast(Value(_lexemes(event)), SearchVectorField())
    Event.objects.bulk_update(events, ["starts_at", "ends_at", "changed_at", "ics", "search"], batch_size=_BATCH)


def _lexemes(event):
    """As registry.search asks for them; the words of speakers and of the programme count like offers of a card."""
    inside = [item.title for item in event.agenda.all()] + [item.speakers for item in event.agenda.all()]
    lexemes = Lexemes(set())
    lexemes.add(Field.NAME, event.title, event.get_kind_display(), event.series.name if event.series else "")
    lexemes.add(Field.OFFERS, event.summary, *inside, *(speaker.name for speaker in event.speakers.all()))
    lexemes.add(Field.DESCRIPTION, event.description, event.audience_words, event.organiser)
    lexemes.add(Field.PLACE, event.place_name, event.town, str(event.municipality or ""), str(event.county or ""))
    return lexemes.literal()
