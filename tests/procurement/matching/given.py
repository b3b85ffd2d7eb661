"""A believable register of suppliers, and orders as officers write them."""

import csv
from pathlib import Path

from django.db import connection

from procurement.matching.needs import Need
from registry.models import (
    CatalogueEntry,
    County,
    CpvCode,
    Municipality,
    Offer,
    OfferCpv,
    OfferEntry,
    Organisation,
)
from registry.use_cases.imports.offers import Classifier
from tests.registry.factories import (
    NOW,
    TODAY,
    OfferMarkFactory,
    OrganisationFactory,
    SocialEnterpriseStatusFactory,
    UnitFactory,
    refresh,
)

HERE = Path(__file__).parent
UNITS = ("wtz", "zaz", "cis", "kis")


def rows(name):
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def register(name="register"):
    """{key: Organisation} of a register, published. Offers get the codes that an import suggests for them, unless
    one stands behind the name."""
    classifier = Classifier()
    made = {row["key"]: _card(row, classifier) for row in rows(name)}
    refresh(*made.values())
    analyze()
    return made


def analyze():
    """Nobody does so while a test runs, and searches of tables that PostgreSQL takes for empty take five times as
    long."""
    tables = [model._meta.db_table for model in (CatalogueEntry, OfferEntry, Offer, OfferCpv, Organisation)]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


def need(row):
    codes = tuple(row["cpv"].split())
    labels = CpvCode.objects.filter(pk__in=codes).values_list("label_pl", flat=True)
    return Need(text=row["order"], cpv=codes, cpv_words=" ".join(labels), area=row["area"])


def _card(row, classifier):
    place = Municipality.objects.filter(county=row["county"]).order_by("teryt").first()
    assert County.objects.filter(pk=row["county"]).exists(), row
    flags = row["flags"].split()
    seat = {"municipality_id": place.pk, "county_id": row["county"], "town": place.name}
    given = {"kind_id": row["kind"], "description": row["description"], "serves": row["serves"].split()}
    if row["kind"] in UNITS:
        unit = UnitFactory(name=row["name"], **seat)
        card = OrganisationFactory(unit=unit, institution=unit.operator, slug=row["key"], **given)
    else:
        card = OrganisationFactory(
            slug=row["key"], **given, **{f"institution__{name}": value for name, value in seat.items()},
            institution__name=row["name"],
        )  # fmt: skip
    Organisation.objects.filter(pk=card.pk).update(
        published_at=NOW, verified_on=TODAY, art94_declared="art94" in flags
    )
    if "ps" in flags:
        SocialEnterpriseStatusFactory(institution=card.institution)
    for position, text in enumerate(filter(None, row["offers"].split("|"))):
        name, _, description = text.partition(":") if "]:" in text else (text, "", "")
        name, _, code = name.partition(" [")
        code = code.rstrip("]")
        suggested = classifier.suggest(name)
        offer = Offer.objects.create(
            organisation=card, name=name, description=description.strip(), position=position,
            category_id=suggested.category, confirmed_at=NOW if code else None,
        )  # fmt: skip
        if code or suggested.cpv:
            OfferCpv.objects.create(offer=offer, code_id=code or suggested.cpv)
        if "mark" in flags and position == 0:
            OfferMarkFactory(offer=offer)
    return card


def single_offers():
    """[(Need, id of its supplier)] of single_offers.csv beside all of register(): one short offer each, in a county of
    its own and with the code that an import suggests."""
    register()
    classifier, counties = Classifier(), list(County.objects.order_by("pk").values_list("pk", flat=True))
    pairs = []
    for number, row in enumerate(rows("single_offers")):
        county = counties[number % len(counties)]
        card = OrganisationFactory(institution__name=f"Podmiot {number}", description="", serves=[county])
        suggested = classifier.suggest(row["offer"])
        offer = Offer.objects.create(organisation=card, name=row["offer"], category_id=suggested.category)
        if suggested.cpv:
            OfferCpv.objects.create(offer=offer, code_id=suggested.cpv)
        pairs.append((Need(text=row["order"], area=county), card))
    Organisation.objects.filter(pk__in=[card.pk for _, card in pairs]).update(published_at=NOW)
    refresh(*(card for _, card in pairs))
    analyze()
    return [(need, card.pk) for need, card in pairs]
