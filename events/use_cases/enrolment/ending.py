"""An institution that leaves a project."""

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from core.exceptions import Refused
from events.choices import EnrolmentState, UpdateState
from events.letters.enrolment import ENDED, send
from events.models import Delegation, Enrolment, EnrolmentUpdate, FieldRemark
from events.use_cases.enrolment.reviewing import refuse_own
from events.use_cases.signups.leaving import give_back
from events.workflow import STAFF, enrolments

# The field of the remark that keeps why an institution takes part no longer.
REASON = "udzial"
LEFT = "Instytucja nie bierze już udziału w projekcie."


@transaction.atomic
def end(*, enrolment_id, reason, actor, now):
    """End the institution's part from today on; what its people took part in until now stays counted.

    Its delegations end, the places of its people at events to come go to the next in line, updates that wait are
    returned, and its addresses get a letter with the reason. Ending twice is not an error. Refused: one's own
    institution, no reason, a form that was not accepted.
    """
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",), no_key=True).select_related("edition").get(pk=enrolment_id)
    )
    refuse_own(enrolment, actor)
    if enrolment.state == EnrolmentState.ENDED:
        return enrolment
    step = enrolments.resolve("end", state=enrolment.state, actor=STAFF)
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise Refused("Napisz, dlaczego udział się kończy. Te słowa dostanie instytucja.", field="reason")
    today = timezone.localdate(now)
    people = Delegation.objects.filter(enrolment=enrolment)
    everybody = list(people.values_list("participant", flat=True))
    # Whose first day has not come is ended on that day: no day is left on which they are sent.
    people.filter(Q(ends_on=None) | Q(ends_on__gt=today)).update(ends_on=Greatest(F("starts_on"), Value(today)))
    enrolment.state, enrolment.saved_at = step.target, now
    enrolment.save(update_fields=["state", "saved_at"])
    FieldRemark.objects.create(
        enrolment=enrolment, field=REASON, words=reason, made_at=now, made_by=actor, settled_at=now
    )
    EnrolmentUpdate.objects.filter(enrolment=enrolment, state=UpdateState.SUBMITTED).update(
        state=UpdateState.RETURNED, answer=LEFT, decided_at=now, decided_by=actor
    )
    give_back(enrolment_id=enrolment.pk, participant_ids=everybody, from_day=today, note=LEFT, actor=actor, now=now)
    send(ENDED, enrolment, now=now, key="ended", reason=reason)
    return enrolment


def reason_of(enrolment):
    """Why the institution's part has ended, in the words of whoever ended it."""
    found = enrolment.remarks.filter(field=REASON).order_by("-made_at").first()
    return found.words if found else ""
