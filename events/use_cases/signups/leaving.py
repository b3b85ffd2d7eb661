"""People whom an institution sends no longer: what it has signed them up for is given back and passes on."""

from django.db import transaction

from events.choices import EventState
from events.choices import RegistrationState as State
from events.models import Registration
from events.use_cases.signups.places import advance, locked, pass_on
from events.workflow import STAFF

GIVEN_BACK = [State.RECEIVED, State.AWAITING_DOCUMENTS, State.CONFIRMED, State.RESERVE, State.OFFERED]

NOT_SENT = "Instytucja nie deleguje już tej osoby."


@transaction.atomic
def give_back(*, enrolment_id, participant_ids, from_day, note, actor=None, now):
    """End the sign-ups that this institution has made for these people at events that begin on `from_day` or later
    and have not begun. Returns how many. What another institution has signed the same person up for stays theirs.
    """
    rows = Registration.objects.filter(enrolment=enrolment_id, participant__in=participant_ids, state__in=GIVEN_BACK)
    ahead = {"event__starts_at__gt": now, "event__starts_at__date__gte": from_day}
    rows = rows.filter(event__state__in=EventState.coming(), **ahead)
    count = 0
    # Events one after another in one order, so that two of these never wait for each other.
    for event_id in sorted(set(rows.values_list("event", flat=True))):
        event = locked(event_id)
        for registration in rows.filter(event=event).select_related("participant__user", "enrolment").order_by("pk"):
            registration.event = event
            advance(registration, "resign", kind=STAFF, actor=actor, note=note, now=now)
            count += 1
        pass_on(event, now=now)
    return count
