"""One person whom two institutions send: from which of them they come to an event."""

from django.utils import timezone

from core.exceptions import Refused
from events.choices import EnrolmentState
from events.models import Delegation, Registration


def delegations_for(event, email):
    """Lines of rosters with this address that may send somebody to this event, of every institution of its edition."""
    found = (
        Delegation.objects.on(timezone.localdate(event.starts_at))
        .filter(
            enrolment__edition=event.edition_id,
            enrolment__state__in=EnrolmentState.living(),
            participant__edition=event.edition_id,
            participant__email__iexact=email.strip(),
            participant__erased_at=None,
        )
        .select_related("participant", "enrolment")
        .order_by("pk")
    )
    return [one for one in found if is_in_audience(event, one)]


def is_in_audience(event, delegation):
    return (not event.audience or delegation.enrolment.category in event.audience) and (
        not event.audience_roles or delegation.role in event.audience_roles
    )


def ways_of(registration):
    """The lines of rosters by which this very person may come: the same name at the same address. Empty when there is
    nothing to choose."""
    if not registration.participant_id or not registration.email:
        return []
    name = who(registration.participant)
    found = [one for one in delegations_for(registration.event, registration.email) if who(one.participant) == name]
    return found if len({one.enrolment_id for one in found}) > 1 else []


def who(participant):
    return f"{participant.first_name} {participant.last_name}".casefold()


def choose(event, registration, delegation_id):
    """Come from the institution of this line. The event is locked by the caller, the row is not saved."""
    chosen = next((one for one in ways_of(registration) if one.pk == delegation_id), None)
    if chosen is None:
        raise Refused("Wybierz instytucję z listy.", field="instytucja")
    if chosen.enrolment_id == registration.enrolment_id:
        return
    others = Registration.objects.active().filter(event=event, enrolment=chosen.enrolment).exclude(pk=registration.pk)
    if event.per_institution is not None and others.count() >= event.per_institution:
        raise Refused(f"{chosen.enrolment}: wszystkie miejsca tej instytucji są już zajęte.", field="instytucja")
    registration.participant, registration.enrolment = chosen.participant, chosen.enrolment
    registration.institution_name = chosen.enrolment.name
    registration.save(update_fields=["participant", "enrolment", "institution_name"])
