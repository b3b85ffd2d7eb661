"""What suppliers say of an order: it interests them, or it is not for them, and why."""

from accounts.permissions import Action, may
from core.exceptions import Refused
from procurement.matching.postings import order_of
from procurement.models import Interest


def say(*, posting_id, organisation, is_interested, reason="", words="", actor, now):
    """Keep or change what an organisation says of a posting that is public. Refused without a reason for "no"."""
    if not may(actor, Action.SUPPLY, organisation):
        raise Refused("Nie działasz w imieniu tego podmiotu.")
    if order_of(posting_id) is None:
        raise Refused("Tego zamówienia już nie ma.")
    if not is_interested and not reason:
        raise Refused("Wybierz powód.", field="reason")
    said = {"is_interested": is_interested, "reason": "" if is_interested else reason, "words": words.strip()}
    interest, _ = Interest.objects.update_or_create(
        posting_id=posting_id, organisation=organisation, defaults=said | {"said_at": now, "said_by": actor}
    )
    return interest
