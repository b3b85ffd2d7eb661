"""What the page of a posting says of matching: how many can do it, and the buttons of supplier and officer."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Action, may
from procurement.matching import for_us
from procurement.matching.found import who_can
from procurement.matching.postings import order_of
from procurement.matching.voices import voices_of
from procurement.models import ContractingAuthority, Interest, OrderingUnit
from registry.search import LONGEST


@dataclass(frozen=True)
class OfPosting:
    posting_id: int
    count: int
    is_more: bool
    url: str
    # [(organisation of the person, what it said)]
    organisations: list = field(default_factory=list)
    # For the officers of the buyer alone.
    voices: object = None


def of_posting(posting_id, *, user=None):
    """An OfPosting, or None when the posting is not public. `user` is None for a visitor without a session.

    At most eight queries for a visitor.
    """
    order = order_of(posting_id)
    if order is None:
        return None
    matches = who_can(order.need, today=timezone.localdate())
    organisations, voices = [], None
    if user is not None and user.is_authenticated:
        own = for_us.own_organisations(user)
        said = {one.organisation_id: one for one in Interest.objects.filter(posting=posting_id, organisation__in=own)}
        organisations = [(one, said.get(one.pk)) for one in own]
        if may(user, Action.BUY, _owner(order)):
            voices = voices_of(posting_id)
    return OfPosting(
        posting_id=posting_id,
        count=len(matches),
        is_more=len(matches) >= settings.MATCHING_CANDIDATES,
        url=address_of(order),
        organisations=organisations,
        voices=voices,
    )


def address_of(order):
    """ "Kto to zrobi" filled in from a posting."""
    need = order.need
    asked = [("q", " ".join(need.text.split())[:LONGEST]), *(("cpv", code) for code in need.cpv)]
    if need.area:
        asked.append(("powiat", need.area[:4]))
    if len(need.area) == 7:
        asked.append(("gmina", need.area))
    if need.reserved:
        asked.append(("art", "94"))
    if need.value is not None:
        asked.append(("value", f"{need.value:.2f}"))
    return f"{reverse('procurement:who_can')}?{urlencode([*asked, ('wpis', order.posting_id)])}"


def _owner(order):
    if order.unit_id:
        return OrderingUnit(pk=order.unit_id, authority_id=order.authority_id)
    return ContractingAuthority(pk=order.authority_id)
