"""An event's steps: announced, moved, called off. Each leaves an EventStep, and calendars learn of it."""

from django.db import transaction

from core.exceptions import Refused
from core.templatetags.portal import moment_words
from events.choices import Attendance
from events.coordination.hours import refuse_overlapping
from events.models import EventDay, EventStep
from events.use_cases.calendar import derived
from events.use_cases.signups.announcing import announce
from events.use_cases.signups.places import locked
from events.use_cases.signups.steps import places_changed
from events.workflow import STAFF, events


@transaction.atomic
def publish(*, event_id, actor, now):
    """Announce a draft. Refused, with the field it means: no day, no place or link, sign-ups that cannot be."""
    event = locked(event_id)
    step = events.resolve("publish", state=event.state, actor=STAFF)
    derived.refresh(event_ids=[event_id], now=now)
    event.refresh_from_db()
    _refuse_unready(event, now)
    event.published_at = now
    return _take(event, step, note="", actor=actor, now=now)


@transaction.atomic
def move(*, event_id, days, words="", actor, now):
    """Put the event on other days; who signed up stays signed up and is told.

    `days` are (starts_at, ends_at, is_all_day) by the hours of events.coordination. Refused: no day, days that
    overlap, a beginning that is over, presence noted on a day that would go.
    """
    event = locked(event_id)
    step = events.resolve("move", state=event.state, actor=STAFF)
    if not days:
        raise Refused("Podaj nowy termin.", field="day")
    refuse_overlapping([day[:2] for day in days])
    if min(day[0] for day in days) <= now:
        raise Refused("Nowy termin już minął.", field="day")
    if event.days.attended().exists():
        raise Refused("Na tym wydarzeniu zapisano już obecność, więc nie można go przenieść.")
    if sorted(day[:2] for day in days) == sorted(event.days.values_list("starts_at", "ends_at")):
        raise Refused("To ten sam termin. Podaj inny.", field="day")
    before = event.starts_at
    event.days.all().delete()
    EventDay.objects.bulk_create(
        EventDay(event=event, starts_at=start, ends_at=end, is_all_day=whole) for start, end, whole in sorted(days)
    )
    event.moved_from = before
    if event.signup_closes_at and event.signup_closes_at > min(day[0] for day in days):
        event.signup_closes_at = None
    news = f"Nowy termin: {moment_words(min(days)[0])} (było: {moment_words(before)}). {words}".strip()
    taken = _take(event, step, note=news, actor=actor, now=now)
    announce(taken, now=now)
    # Of an event that had begun and now has not, what is free goes to those in line.
    places_changed(event_id=event_id, now=now)
    return taken


@transaction.atomic
def cancel(*, event_id, reason, actor, now):
    """Call the event off, in words that everybody who signed up gets, also after reminders went out."""
    event = locked(event_id)
    step = events.resolve("cancel", state=event.state, actor=STAFF)
    reason = " ".join(reason.split())
    if not reason:
        raise Refused("Napisz, dlaczego wydarzenie jest odwołane.", field="reason")
    event.cancel_reason = reason[:300]
    taken = _take(event, step, note=reason, actor=actor, now=now)
    announce(taken, now=now)
    return taken


def _take(event, step, *, note, actor, now):
    source, event.state = event.state, step.target
    if step.name != "publish":
        event.sequence += 1
    event.changed_at = now
    event.save(
        update_fields=[
            "state", "sequence", "changed_at", "published_at", "moved_from", "cancel_reason", "signup_closes_at",
        ]
    )  # fmt: skip
    derived.refresh(event_ids=[event.pk], now=now)
    return EventStep.objects.create(
        event=event, name=step.name, source=source, target=step.target, note=note[:500], made_at=now, made_by=actor
    )


def _refuse_unready(event, now):
    if event.starts_at is None:
        raise Refused("Podaj co najmniej jeden dzień: zakładka „Terminy”.", field="days")
    if event.ends_at <= now and event.takes_signups:
        raise Refused("Ten termin już minął. Popraw go albo wyłącz zapisy przez portal.", field="days")
    if event.attendance != Attendance.ONLINE and not (event.place_name or event.town):
        raise Refused("Podaj miejsce albo ustaw udział on-line.", field="place_name")
    if event.attendance != Attendance.ON_SITE and not event.online_url:
        raise Refused("Podaj odsyłacz do spotkania: zobaczą go tylko osoby z miejscem.", field="online_url")
    if not event.takes_signups:
        return
    if event.signup_closes_at and event.signup_closes_at > event.ends_at:
        raise Refused("Zapisy nie mogą trwać dłużej niż wydarzenie.", field="signup_closes_at")
    if event.signup_closes_at and event.signup_closes_at <= now:
        raise Refused("Zapisy skończyłyby się przed ogłoszeniem.", field="signup_closes_at")
    if event.signup_opens_at and event.signup_opens_at >= (event.signup_closes_at or event.starts_at):
        raise Refused("Zapisy muszą się zacząć przed wydarzeniem i przed swoim końcem.", field="signup_opens_at")
