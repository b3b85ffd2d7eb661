"""Places that waited for papers, when the papers are there."""

from django.db import transaction

from events.choices import RegistrationState
from events.completeness import is_complete
from events.models import Event, Registration, RegistrationStep
from events.workflow import TIME, registrations


@transaction.atomic
def documents_arrived(*, participant_ids, now):
    """Confirm the places of these people that wait for nothing but documents; returns how many were confirmed."""
    waiting = Registration.objects.filter(
        participant__in=participant_ids, state=RegistrationState.AWAITING_DOCUMENTS
    ).values_list("event", "pk")
    confirmed = 0
    for event_id, pk in sorted(waiting):
        Event.objects.select_for_update(no_key=True).get(pk=event_id)
        one = (
            Registration.objects.select_for_update(of=("self",), no_key=True)
            .select_related("participant__edition", "enrolment")
            .filter(pk=pk, state=RegistrationState.AWAITING_DOCUMENTS)
            .first()
        )
        if one is None or not is_complete(one.participant, one.enrolment):
            continue
        step = registrations.resolve("complete", state=one.state, actor=TIME)
        source, one.state, one.confirmed_at, one.hold_until = one.state, step.target, now, None
        one.save(update_fields=["state", "confirmed_at", "hold_until"])
        RegistrationStep.objects.create(
            registration=one, name=step.name, source=source, target=step.target, made_at=now
        )
        confirmed += 1
    return confirmed
