"""Orders for suppliers: whom a posting fits, told once to each organisation that somebody acts for."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from core.locks import MATCHING, wait_for
from core.memory import no_collecting
from notifications.outbox import enqueue
from procurement.choices import NoticeState
from procurement.matching.found import ranked, who_can
from procurement.matching.postings import orders_of
from procurement.matching.represented import represented, represented_since
from procurement.matching.shelf import Shelf
from procurement.matching.why import why
from procurement.models import Announcement, Notice, PlanItem, SupplyFit
from registry.models import CatalogueEntry, Organisation

ORDERS = "procurement/email/orders_for_us"
PART = 2_000
# So many postings are looked up one by one; for more it is quicker to read all offers.
FEW = 15
IN_LETTER = 15
# How far back open orders are looked through for an organisation that has changed.
LOOKED_THROUGH = timedelta(days=120)
MOST_OPEN = 5_000


@transaction.atomic
def match_announced(*, now):
    """Match one part of what waits. Returns how many postings that were; safe to call at any time."""
    waiting = list(Announcement.objects.select_for_update().order_by("pk")[:PART])
    if not waiting:
        return 0
    _match({one.posting_id for one in waiting}, now=now)
    Announcement.objects.filter(pk__in=[one.pk for one in waiting]).delete()
    return len(waiting)


@transaction.atomic
def match_changed(*, now):
    """Orders still open, for organisations that have changed, or got somebody to act for them, since yesterday.
    Returns how many were told."""
    yesterday = now - timedelta(days=1)
    changed = CatalogueEntry.objects.filter(changed_at__gt=yesterday).values_list("pk", flat=True)
    organisations = list(represented(timezone.localdate(now), [*changed, *represented_since(yesterday)]))
    if not organisations:
        return 0
    since = now - LOOKED_THROUGH
    notices = Notice.objects.filter(state=NoticeState.PUBLISHED, published_at__gt=since).order_by("-published_at")
    items = PlanItem.objects.filter(version=F("version__plan__current"), version__published_at__gt=since)
    newest = [
        *notices.values_list("pk", flat=True)[:MOST_OPEN],
        *items.order_by("-version__published_at").values_list("position", flat=True)[:MOST_OPEN],
    ]
    return _match(set(newest), now=now, organisation_ids=organisations)


def _match(posting_ids, *, now, organisation_ids=None):
    today = timezone.localdate(now)
    # One at a time: what another has found and not yet committed would be told twice.
    wait_for(MATCHING)
    people = represented(today, organisation_ids)
    orders = {pk: order for pk, order in orders_of(posting_ids).items() if order.is_open(now)}
    if not people or not orders:
        return 0
    known = set(
        SupplyFit.objects.filter(posting__in=orders, organisation__in=people).values_list("posting", "organisation")
    )
    with no_collecting():
        fits = [fit for fit in _fits(orders, list(people), now) if (fit.posting_id, fit.organisation_id) not in known]
    SupplyFit.objects.bulk_create(fits, batch_size=1_000)
    by_organisation = {}
    for fit in fits:
        by_organisation.setdefault(fit.organisation_id, []).append(fit)
    names = {card.pk: str(card) for card in Organisation.objects.filter(pk__in=by_organisation).with_party()}
    for organisation_id, mine in by_organisation.items():
        _tell(organisation_id, names[organisation_id], people[organisation_id], mine, orders, now)
    return len(by_organisation)


def _fits(orders, organisation_ids, now):
    today, least = timezone.localdate(now), settings.MATCHING["least_alert"]
    shelf = Shelf(organisation_ids) if len(orders) > FEW else None
    for order in orders.values():
        if shelf:
            matches = ranked(order.need, shelf.find(order.need), today=today, least=least)
        else:
            matches = who_can(
                order.need,
                today=today,
                least=least,
                organisation_ids=organisation_ids,
                most=settings.MATCHING_TOLD,
                served_only=True,
            )
        for match in matches:
            if match.score.is_served:
                yield SupplyFit(
                    posting_id=order.posting_id,
                    organisation_id=match.organisation_id,
                    score=round(100 * match.score.total),
                    why=why(order.need, match)[:2000],
                    found_at=now,
                )


def _tell(organisation_id, name, users, fits, orders, now):
    fits = sorted(fits, key=lambda fit: (-fit.score, fit.posting_id))
    items = [{"order": orders[fit.posting_id], "why": fit.why} for fit in fits[:IN_LETTER]]
    for user in users:
        enqueue(
            to=user.email,
            user=user,
            template=ORDERS,
            context={
                "organisation": name,
                "items": items,
                "count": len(fits),
                "more": max(0, len(fits) - IN_LETTER),
                "site": settings.SITE_URL,
                "link": settings.SITE_URL + reverse("procurement:orders_for_us"),
            },
            # The newest fit is a row that this transaction has just written.
            dedupe_key=f"procurement-orders:{organisation_id}:{user.pk}:{max(fit.pk for fit in fits)}",
            now=now,
        )
