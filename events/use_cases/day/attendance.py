"""Who was there: marked and unmarked on the day or after it, from a phone, a signed list or a file of a meeting.

Two phones, a double click and a request that comes late do no harm: what is so already is left as it is, and a request
knows by `seen_at` how old the page is that it comes from. A mark from a page older than an undo of that day is
refused, as is an undo from a page older than the mark.
"""

from datetime import timedelta

from django.db import transaction

from core.exceptions import Refused
from events.choices import PresenceKind, PresenceSource, RegistrationState
from events.models import EventDay, Presence, RegistrationStep
from events.use_cases.day.days import day_words, is_finished
from events.use_cases.day.seating import lock_event, locked_registration
from events.use_cases.signups.places import advance, advance_all, record
from events.workflow import STAFF, TIME

# People come before the hour; a mark made earlier than this says nothing about when somebody arrived.
_BEFORE = timedelta(hours=3)
_CHANGED = "W międzyczasie ktoś zmienił obecność tej osoby. Sprawdź, jak jest teraz, i zaznacz jeszcze raz."


@transaction.atomic
def mark_present(
    *, registration_id, day_id, actor, now, kind=PresenceKind.PRESENT, source=PresenceSource.CHECK_IN,
    minutes=None, seen_at=None,
):  # fmt: skip
    """Mark somebody as having been there on a day; returns the Presence, the one that is there already.

    `kind` late or left early adds to what was marked before, and keeps the time when it is said on the day itself.
    Refused: reserve or ended (walk_ins.let_in() is for them), a finished day, a page older than an undo.
    """
    event, registration = locked_registration(registration_id)
    return _mark(event, registration, day_id, actor, now, kind, source, minutes, seen_at)


@transaction.atomic
def unmark(*, registration_id, day_id, actor, now, seen_at=None):
    """Take a mark of a day back, or "absent"; nothing when there is none."""
    event, registration = locked_registration(registration_id)
    day = _day(event, day_id)
    presence = Presence.objects.filter(registration=registration, day=day).first()
    if presence is None and registration.state != RegistrationState.ABSENT:
        return
    if presence is not None and seen_at and presence.marked_at > seen_at:
        raise Refused(_CHANGED)
    not_finished(event, day)
    if presence is not None:
        presence.delete()
    if registration.presences.exists():
        record(registration, "unmark", source=registration.state, actor=actor, now=now, note=day_words(day))
    else:
        advance(registration, "unmark", kind=STAFF, actor=actor, now=now, note=day_words(day), quietly=True)


@transaction.atomic
def mark_absent(*, registration_id, actor, now):
    """Say that somebody did not come at all; marks of single days go. Nothing when it is said already."""
    event, registration = locked_registration(registration_id)
    if registration.state == RegistrationState.ABSENT:
        return
    not_finished(event, *event.days.all())
    registration.presences.all().delete()
    advance(registration, "miss", kind=STAFF, actor=actor, now=now, quietly=True)


@transaction.atomic
def mark_everybody(*, event_id, day_id, actor, now):
    """From a signed list: all who have a place and are neither marked nor absent were there. Returns how many."""
    event = lock_event(event_id)
    day = _day(event, day_id)
    not_finished(event, day)
    expected = event.registrations.filter(state__in=[RegistrationState.CONFIRMED, RegistrationState.PRESENT])
    return mark_all(expected, day, source=PresenceSource.SIGNED_LIST, actor=actor, now=now)


def mark_all(registrations, day, *, source, actor, now, minutes_of=None):
    """Mark those of a queryset who are not marked on a day; in a few statements, whatever their number.

    `minutes_of` {registration id: minutes}. The event must be locked, the day open, and everybody have a place.
    Returns how many were marked.
    """
    rows = list(registrations.exclude(presences__day=day).order_by("pk"))
    Presence.objects.bulk_create(
        Presence(
            registration=row,
            day=day,
            source=source,
            minutes=(minutes_of or {}).get(row.pk),
            marked_at=now,
            marked_by=actor,
        )
        for row in rows
    )
    new = [row for row in rows if row.state != RegistrationState.PRESENT]
    advance_all(new, "attend", kind=STAFF, actor=actor, now=now, note=day_words(day))
    return len(rows)


@transaction.atomic
def close_attendance(*, event_id, actor, now):
    """After an event: whoever was expected and is not marked was absent; an offer never taken up lapses.

    Returns how many became absent. Nothing is closed to corrections by it: that is finish_day().
    """
    event = lock_event(event_id)
    expected = [RegistrationState.CONFIRMED, RegistrationState.AWAITING_DOCUMENTS, RegistrationState.RECEIVED]
    waiting = event.registrations.select_for_update(of=("self",), no_key=True).order_by("pk")
    for registration in waiting.filter(state=RegistrationState.OFFERED):
        advance(registration, "lapse", kind=TIME, actor=actor, now=now, quietly=True)
    missing = list(waiting.filter(state__in=expected))
    advance_all(missing, "miss", kind=STAFF if actor else TIME, actor=actor, now=now)
    return len(missing)


def _mark(
    event, registration, day_id, actor, now, kind=PresenceKind.PRESENT, source=PresenceSource.CHECK_IN,
    minutes=None, seen_at=None,
):  # fmt: skip
    day = _day(event, day_id)
    presence = Presence.objects.filter(registration=registration, day=day).first()
    if presence is not None:
        kind = PresenceKind(presence.kind).with_(kind)
        if kind == presence.kind and minutes in (None, presence.minutes):
            return presence
    not_finished(event, day)
    if registration.state not in RegistrationState.seated():
        raise Refused("Ta osoba nie ma miejsca. Użyj „Wpuść”.")
    if presence is None and seen_at and _undone_after(registration, day, seen_at):
        raise Refused(_CHANGED)
    during = day.starts_at - _BEFORE <= now <= day.ends_at
    if presence is None:
        presence = Presence(registration=registration, day=day, source=source, arrived_at=now if during else None)
    presence.minutes = presence.minutes if minutes is None else minutes
    said_late = kind in PresenceKind.came_late() and presence.kind not in PresenceKind.came_late()
    said_gone = kind in PresenceKind.went_early() and presence.kind not in PresenceKind.went_early()
    if said_late and during and (presence.arrived_at is None or presence.arrived_at <= day.starts_at):
        # Of who was marked after the beginning that was when they came, however late somebody remembers to say so.
        presence.arrived_at = now
    if said_gone and during:
        presence.left_at = now
    presence.kind = kind
    presence.marked_at, presence.marked_by = now, actor
    presence.save()
    if registration.state != RegistrationState.PRESENT:
        advance(registration, "attend", kind=STAFF, actor=actor, now=now, note=day_words(day), quietly=True)
    return presence


def _undone_after(registration, day, moment):
    return RegistrationStep.objects.filter(
        registration=registration, name="unmark", note=day_words(day), made_at__gt=moment
    ).exists()


def _day(event, day_id):
    try:
        return event.days.get(pk=day_id)
    except EventDay.DoesNotExist as error:
        raise Refused("Tego dnia nie ma już w wydarzeniu. Odśwież stronę.") from error


def not_finished(event, *days):
    """Refused when the attendance of one of the days is finished."""
    for day in days:
        if is_finished(event, day):
            raise Refused("Obecność tego dnia jest zakończona. Otwórz ją, żeby coś zmienić.")
