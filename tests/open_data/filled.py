"""A little of everything that the API gives out."""

from datetime import timedelta
from decimal import Decimal

from tests.events.factories import EventFactory
from tests.procurement.factories import PlanFactory, PlanVersionFactory
from tests.procurement.orders import SOON, concluded, notice, plan_item
from tests.procurement.orders import refresh as refresh_orders
from tests.quality_mark.marks import marked
from tests.registry.factories import (
    InstitutionFactory,
    OfferFactory,
    OrganisationFactory,
    SocialEnterpriseStatusFactory,
    refresh,
)

LISTS = ("organisations", "offers", "units", "statuses", "territory", "events", "procurement", "mark-holders")


def fill(count=3):
    """So many rows in each list but territory."""
    for number in range(count):
        card = OrganisationFactory(institution__name=f"Spółdzielnia Żuraw {number}", published=True)
        SocialEnterpriseStatusFactory(institution=card.institution)
        OfferFactory(organisation=card, name=f"Catering {number}", codes=["55520000"])
        OrganisationFactory(of_unit=True, published=True)
        start = SOON + timedelta(days=number)
        EventFactory(days=[(start, start + timedelta(hours=4))])
        mark_of(card)
        meal = notice(subject=f"Obiady {number}", value=Decimal("50000"), cpv=["55520000"], clauses=["art94"])
        concluded(meal) if number % 2 else None
    plan_item(version=PlanVersionFactory(plan=PlanFactory()), subject="Sprzątanie urzędu", clauses=["art96"])
    refresh()
    refresh_orders()


def mark_of(card):
    offer = OfferFactory(organisation=card, name="Ze znakiem")
    return marked(offer=offer)


def cards(count, **more):
    """So many published cards, quickly; names that sort as they are numbered."""
    source = None
    made = []
    for number in range(count):
        institution = InstitutionFactory(name=f"Podmiot {number:03}")
        card = OrganisationFactory(institution=institution, **more | ({"source": source} if source else {}))
        source = card.source
        made.append(card)
    type(made[0]).objects.filter(pk__in=[one.pk for one in made]).update(published_at="2026-11-22T12:00Z")
    refresh()
    return made
