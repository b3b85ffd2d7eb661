"""Rows of every list, enough for a second page, each different from the one before in several ways."""

from datetime import date, timedelta
from decimal import Decimal

from events.models import Event
from events.use_cases.calendar.derived import refresh as refresh_events
from registry.models import Organisation
from tests.events.factories import EventFactory
from tests.procurement.factories import PlanFactory, PlanVersionFactory
from tests.procurement.orders import SOON, concluded, notice, plan_item
from tests.procurement.orders import refresh as refresh_orders
from tests.quality_mark.marks import marked
from tests.registry.factories import NOW, OfferFactory, OrganisationFactory, SocialEnterpriseStatusFactory, refresh

PLACES = ("0264011", "0208021", "0201011", "0261011")
OFFERS = (("Catering", "catering", "55520000"), ("Sprzątanie biur", "sprzatanie", "90910000"))


def world():
    """Rows enough for a second page, each different from the one before in several ways."""
    for number in range(24):
        place = PLACES[number % len(PLACES)]
        given = {"institution__name": f"Spółdzielnia {'Żuraw' if number % 3 else 'Gęśl'} numer {number}"}
        given |= {"institution__municipality_id": place, "institution__is_opp": number % 5 == 0}
        given |= {"kind_id": "ngo", "institution__legal_form_id": "fundacja"} if number % 4 == 1 else {}
        card = OrganisationFactory(slug=f"karta-{number}", serves=[["PL"], ["0264"], []][number % 3], **given)
        name, category, code = OFFERS[number % 2]
        OfferFactory(organisation=card, name=name, category_id=category, codes=[code])
        if number % 3 == 0:
            SocialEnterpriseStatusFactory(institution=card.institution)
            of_mark = OfferFactory(organisation=card, name=f"Ze znakiem {number}", category_id=category)
            marked(date(2025 + number % 2, 3, 1), offer=of_mark)
    for _ in range(3):
        OrganisationFactory(of_unit=True)
    Organisation.objects.update(published_at=NOW)
    for number in range(22):
        start = SOON + timedelta(days=number - 8)
        EventFactory(
            title=f"{['Spotkanie', 'Obiady'][number % 2]} {number}",
            kind=["sieciowanie", "szkolenie"][number // 2 % 2],
            municipality_id=PLACES[number % 4], county_id=PLACES[number % 4][:4],
            days=[(start, start + timedelta(hours=4))],
        )  # fmt: skip
        meal = notice(
            subject=f"{['Obiady', 'Catering'][number % 2]} {number}",
            value=[None, Decimal(4000 * number)][number % 3 > 0],
            cpv=[["55520000"], ["90910000"]][number % 2], clauses=[["art94"], ["art96"], []][number % 3],
            deadline_at=[None, SOON, NOW - timedelta(days=9)][number % 3],
        )  # fmt: skip
        concluded(meal) if number % 5 == 0 else None
    plan_item(version=PlanVersionFactory(plan=PlanFactory()), subject="Sprzątanie urzędu", clauses=["art96"])
    refresh()
    refresh_orders()
    refresh_events(event_ids=Event.objects.values_list("pk", flat=True), now=NOW)
