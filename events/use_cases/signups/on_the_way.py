"""An institution that enrols because of an event: its people's places are held until the papers come.

Asked for when the form goes to be signed, not earlier: until then people are still written down and taken off, any
number of drafts may be begun with one NIP, and nobody should keep places by typing. A form to sign is complete, and
each institution has one.
"""

from django.db import transaction

from events.models import Enrolment
from events.use_cases.signups.entering import Person, sign_up


@transaction.atomic
def hold_for_newcomers(*, enrolment_id, event_id, participant_ids, actor=None, now):
    """Sign the new people of an enrolment up for the event they came for. Safe to repeat.

    Returns their Registrations: AWAITING_DOCUMENTS with a day until which the place waits, or RESERVE when the event
    is full. Refused as in sign_up(): the people stand on the roster all the same when this is called after them, in a
    transaction of its own.
    """
    enrolment = Enrolment.objects.get(pk=enrolment_id)
    people = [Person(participant=pk) for pk in participant_ids]
    return sign_up(event_id=event_id, people=people, enrolment=enrolment, actor=actor, now=now)
