"""What a coordinator does to an offer: looks at its proposed classification, takes it off."""

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from registry.choices import MarkState
from registry.models import Offer, OfferMark
from registry.use_cases import catalogue


def locked(offer_id):
    """The living offer, locked until the transaction ends."""
    offer = Offer.objects.living().select_for_update(of=("self",), no_key=True).filter(pk=offer_id).first()
    if offer is None:
        raise Refused("Tej oferty już nie ma.")
    return offer


@transaction.atomic
def confirm_classification(*, offer_id, now):
    """A person has looked at category and CPV codes and agrees. Confirming twice is not an error.

    Refused for an offer without a category: there is nothing to agree to.
    """
    offer = locked(offer_id)
    if offer.category_id is None:
        raise Refused("Oferta nie ma kategorii; wybierz ją, zanim potwierdzisz klasyfikację.")
    if offer.confirmed_at is None:
        offer.confirmed_at = now
        offer.save(update_fields=["confirmed_at", "updated_at"])
        catalogue.refresh([offer.organisation_id], now=now)
    return offer


@transaction.atomic
def confirm_classification_of_card(*, organisation_id, now):
    """Confirm every offer of a card that has a category; returns how many. Refused when one has none."""
    waiting = Offer.objects.living().filter(organisation=organisation_id, confirmed_at__isnull=True)
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    for offer_id in ids:
        confirm_classification(offer_id=offer_id, now=now)
    return len(ids)


@transaction.atomic
def remove_offer(*, offer_id, now):
    """Take an offer off the card. Refused while it holds a valid mark."""
    offer = locked(offer_id)
    marks = OfferMark.objects.filter(offer=offer, state=MarkState.VALID, valid_until__gte=timezone.localdate(now))
    if marks.exists():
        raise Refused("Oferta ma ważny znak; najpierw trzeba go odebrać.")
    offer.removed_at = now
    offer.save(update_fields=["removed_at", "updated_at"])
    catalogue.refresh([offer.organisation_id], now=now)
    return offer
