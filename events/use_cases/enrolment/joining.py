"""Two rows that are one person: one stays, with all delegations and sign-ups."""

from django.db import transaction

from core.exceptions import Refused
from events.choices import RegistrationState
from events.letters.enrolment import JOINED, send_own_link
from events.models import Delegation, Participant, Registration
from events.use_cases.signups.places import advance, locked, pass_on
from events.use_cases.signups.steps import documents_arrived
from events.workflow import PERSON

SAME = "ta sama osoba była zapisana dwa razy"


@transaction.atomic
def join(*, duplicate_id, into_id, now):
    """Give everything of one row to another of the same edition and delete it. The person learns of it by letter.

    Refused when both took part in one event already: which presence is true is for a coordinator to say.
    """
    rows = Participant.objects.select_for_update(of=("self",), no_key=True).select_related("edition").order_by("pk")
    found = {one.pk: one for one in rows.filter(pk__in=[duplicate_id, into_id])}
    duplicate, kept = found[duplicate_id], found[into_id]
    institution = _move_delegations(duplicate, kept, now)
    _move_registrations(duplicate, kept, now)
    duplicate.delete()
    send_own_link(kept, institution=institution, now=now, template=JOINED, key=f"joined-{duplicate_id}")
    documents_arrived(participant_ids=[kept.pk], now=now)
    return kept


def _move_delegations(duplicate, kept, now):
    institution = ""
    held = set(Delegation.objects.filter(participant=kept, ends_on=None).values_list("enrolment", flat=True))
    for one in Delegation.objects.filter(participant=duplicate).select_related("enrolment"):
        institution = one.enrolment.name
        if one.ends_on is None and one.enrolment_id in held:
            one.delete()  # twice on one list
        else:
            one.participant = kept
            one.save(update_fields=["participant"])
    return institution


def _move_registrations(duplicate, kept, now):
    """A second place at the same event is given back, and goes to the next in line."""
    events = Registration.objects.filter(participant=duplicate).order_by("event").values_list("event", flat=True)
    for event_id in events.distinct():
        event = locked(event_id)
        is_there = Registration.objects.active().filter(event=event, participant=kept).exists()
        for one in Registration.objects.filter(event=event, participant=duplicate).order_by("pk"):
            one.event = event
            if is_there and one.state in RegistrationState.active():
                if one.state in (RegistrationState.PRESENT, RegistrationState.ABSENT):
                    raise Refused(
                        "Ta osoba jest już na liście obecności. Napisz do koordynatora, a połączy oba wpisy."
                    )
                advance(one, "resign", kind=PERSON, note=SAME, now=now, quietly=True)
            one.participant = kept
            one.save(update_fields=["participant"])
        pass_on(event, now=now)
