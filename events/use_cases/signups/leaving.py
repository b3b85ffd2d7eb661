"""People whom an institution sends no longer: what it has signed them up for is given back and passes on."""

from django.db import transaction

from events.choices import EventState
from events.choices import RegistrationState as State
from events.models import Event, Registration
from events.use_cases.signups.places import advance, locked, pass_on
from events.workflow import STAFF

GIVEN_BACK = [State.RECEIVED, State.AWAITING_DOCUMENTS, State.CONFIRMED, State.RESERVE, State.OFFERED]

NOT_SENT = "Instytucja nie deleguje już tej osoby."


@transaction.atomic
def give_back(*, enrolment_id, participant_ids, from_day, note, actor=None, now):
    """End the sign-ups that this institution has made for these people at events that begin on `from_day` or later
    and have not begun. Returns how many. What another institution has signed the same person up for stays theirs.

    To be called after their delegation has ended in the same transaction. Every event to come of the edition is
    waited for, also where none of them stands on the list: whoever is signing them up in this very moment read the
    roster as it was, and whoever comes after us reads that it has ended.
    """
    rows = Registration.objects.filter(enrolment=enrolment_id, participant__in=participant_ids, state__in=GIVEN_BACK)
    rows = rows.filter(event__state__in=EventState.coming(), event__starts_at__gt=now)
    rows = rows.filter(event__starts_at__date__gte=from_day).select_related("participant__user", "enrolment")
    ahead = Event.objects.coming(now).filter(edition__enrolments=enrolment_id, starts_at__gt=now)
    count = 0
    # Events one after another in one order, so that two of these never wait for each other.
    for event_id in ahead.order_by("pk").values_list("pk", flat=True):
        event = locked(event_id)
        leaving = list(rows.filter(event=event).order_by("pk"))
        for registration in leaving:
            registration.event = event
            advance(registration, "resign", kind=STAFF, actor=actor, note=note, now=now)
        if leaving:
            pass_on(event, now=now)
        count += len(leaving)
    return count
