"""One of everything that stands in the files."""

from datetime import date

from django.utils import timezone

from open_data.changes.reading import current_cursor
from open_data.use_cases import dumps
from registry.models import DataSource, OrganisationPkd, PkdCode
from tests.events.factories import EventFactory
from tests.open_data.following import settle
from tests.procurement import orders
from tests.quality_mark.marks import marked
from tests.registry.factories import (
    InstitutionFactory,
    OfferFactory,
    OrganisationFactory,
    SocialEnterpriseStatusFactory,
    UnitFactory,
    refresh,
)


def region():
    """A card with all its cells, a unit, offers, a status, a mark, orders and an event."""
    card = OrganisationFactory(
        institution=InstitutionFactory(
            name="=Spółdzielnia „Ład”, Wrocław",
            nip="8990000110",
            regon="364403687",
            krs="0000617106",
            founded_year=2012,
        ),
        slug="lad",
        published=True,
        description="Sprzątamy.\nTakże w soboty.",
        verified_on=date(2026, 11, 3),
        serves=["0208", "0264"],
        latitude=50.4312345678,
        longitude=16.65,
        source=DataSource.objects.create(name="Wykaz wojewody"),
        source_as_of=date(2026, 1, 31),
    )
    OrganisationPkd.objects.create(organisation=card, code=PkdCode.objects.get(version=2007, symbol="81.21.Z"))
    SocialEnterpriseStatusFactory(institution=card.institution, granted_on=date(2024, 3, 1))
    offer = OfferFactory(organisation=card, name="Mycie okien; duże")
    unit = UnitFactory(operator=card.institution, name="WTZ Kłodzko", started_on=date(2015, 9, 1))
    unit_card = OrganisationFactory(of_unit=True, unit=unit, institution=card.institution, published=True)
    marked(offer=offer)
    orders.plan_item(clauses=["art94"], cpv=["90911200"])
    orders.concluded(orders.notice(subject="Catering", state="ogloszone", deadline_at=orders.SOON))
    orders.refresh()
    EventFactory()
    refresh(card, unit_card)
    return card


def make(now):
    """What the night does, but for its own transaction: a test has one already."""
    settle()
    dumps.keep(dumps.write_all(), day=timezone.localdate(now), cursor=current_cursor(), now=now)
