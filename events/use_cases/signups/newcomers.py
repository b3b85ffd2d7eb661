"""Somebody who is on no list yet, added by a coordinator on the phone."""

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from events.choices import DelegateRole, EnrolmentState
from events.models import Delegation, Enrolment, Participant


def hold_rosters(enrolment_ids):
    """Lock forms of institutions until the transaction ends. Before an event, never after it, and in one order: who
    ends an institution's part holds its form while waiting for the events."""
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=enrolment_ids)
    return {one.pk: one for one in rows.order_by("pk")}


@transaction.atomic
def add_to_roster(*, enrolment_id, first_name, last_name, email="", phone="", since=None, now):
    """A person delegated by the institution of an Enrolment `since` a day, else today; their papers are missing.

    Somebody of the same name and address who is on the list already is returned as they are. Refused: no name, an
    institution that takes no part any more.
    """
    first_name, last_name = " ".join(first_name.split()), " ".join(last_name.split())
    if not first_name or not last_name:
        raise Refused("Podaj imię i nazwisko.", field="name")
    enrolment = hold_rosters([enrolment_id])[enrolment_id]
    if enrolment.state not in EnrolmentState.living():
        raise Refused("Udział tej instytucji w projekcie się zakończył.", field="enrolment")
    today = timezone.localdate(now)
    same = Delegation.objects.on(today).filter(
        enrolment=enrolment,
        participant__first_name__iexact=first_name,
        participant__last_name__iexact=last_name,
    )
    known = same.filter(participant__email__iexact=email).select_related("participant").first()
    if known:
        return known
    participant = Participant.objects.create(
        edition_id=enrolment.edition_id,
        first_name=first_name,
        last_name=last_name,
        email=email,
        phone=phone,
        created_at=now,
    )
    return Delegation.objects.create(
        enrolment=enrolment, participant=participant, role=DelegateRole.EMPLOYEE, starts_on=since or today
    )
