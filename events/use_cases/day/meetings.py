"""Presence from a file of an on-line meeting: what a person has confirmed, written once."""

from django.db import transaction

from core.exceptions import Refused
from events.choices import PresenceSource, RegistrationState
from events.day.meetings import Expected
from events.use_cases.day.attendance import mark_all, mark_present, not_finished
from events.use_cases.day.seating import lock_event


def expected_people(event):
    """Everybody who has a place, as meetings.match() takes them. One query."""
    seated = event.registrations.filter(state__in=RegistrationState.seated()).order_by("pk")
    return [Expected(one.pk, one.full_name, one.email) for one in seated]


@transaction.atomic
def mark_from_meeting(*, event_id, day_id, minutes_of, actor, now):
    """Mark these people, {registration id: minutes or None}, present on a day. Returns how many are new.

    People who are of another event or have no place are refused as a whole: the page was drawn before a change.
    """
    event = lock_event(event_id)
    day = event.days.filter(pk=day_id).first()
    if day is None:
        raise Refused("Tego dnia nie ma już w wydarzeniu. Wczytaj plik jeszcze raz.")
    not_finished(event, day)
    seated = event.registrations.filter(pk__in=minutes_of, state__in=RegistrationState.seated())
    if seated.count() != len(minutes_of):
        raise Refused("Lista osób zmieniła się w międzyczasie. Wczytaj plik jeszcze raz.")
    given = {"source": PresenceSource.MEETING, "actor": actor, "now": now}
    for pk in sorted(seated.filter(presences__day=day).values_list("pk", flat=True)):
        # Marked before, perhaps by hand: only the minutes are new.
        mark_present(registration_id=pk, day_id=day_id, minutes=minutes_of[pk], **given)
    return mark_all(seated, day, minutes_of=minutes_of, **given)
