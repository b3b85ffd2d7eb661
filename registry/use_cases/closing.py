"""The end of an organisation: its card stays readable and leaves every list."""

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from registry.choices import MarkState
from registry.models import Closing, OfferMark, Unit
from registry.use_cases import catalogue
from registry.use_cases.organisations import locked


@transaction.atomic
def close(*, organisation_id, on, reason, actor, now):
    """Write down that the organisation ended its work on a day. Closing again corrects day and reason.

    Refused: no reason, a day that has not come, a unit that had not begun by then, a valid mark (its own procedure
    ends it).
    """
    organisation, reason, today = locked(organisation_id), reason.strip(), timezone.localdate(now)
    if not reason:
        raise Refused("Napisz, skąd wiadomo, że podmiot zakończył działalność.", field="reason")
    if on > today:
        raise Refused("Ten dzień jeszcze nie nadszedł.", field="on")
    if organisation.unit and organisation.unit.started_on and on < organisation.unit.started_on:
        raise Refused("Koniec działalności nie może być przed jej początkiem.", field="on")
    marks = OfferMark.objects.filter(offer__organisation=organisation, state=MarkState.VALID, valid_until__gte=today)
    if marks.exists():
        raise Refused("Oferta tego podmiotu ma ważny znak; najpierw trzeba go odebrać.")
    given = {"ended_on": on, "reason": reason[:300], "noted_at": now, "noted_by": actor}
    closing, _ = Closing.objects.update_or_create(organisation=organisation, defaults=given)
    if organisation.unit_id:
        Unit.objects.filter(pk=organisation.unit_id).update(ended_on=on)
    catalogue.refresh([organisation.pk], now=now)
    return closing


@transaction.atomic
def reopen(*, organisation_id, actor, now):
    """It works after all: the card is in the lists again if it is published. Nothing to reopen is not an error."""
    organisation = locked(organisation_id)
    deleted, _ = Closing.objects.filter(organisation=organisation).delete()
    if deleted:
        if organisation.unit_id:
            Unit.objects.filter(pk=organisation.unit_id).update(ended_on=None)
        catalogue.refresh([organisation.pk], now=now)
    return organisation
