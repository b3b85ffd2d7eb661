"""Filling a portal with believable, invented organisations."""

import csv
import tomllib
from random import Random

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from core.polish import sort_key
from registry.choices import Verifier
from registry.models import (
    DataSource,
    Institution,
    Municipality,
    Offer,
    OfferCpv,
    OfferMark,
    Organisation,
    Reference,
    SocialEnterpriseStatus,
    Unit,
)
from registry.use_cases import catalogue
from registry.use_cases.demo.invent import invent

DATA = settings.BASE_DIR / "data" / "demo"
INVENTED_SOURCE = "Dane przykładowe (wymyślone)"


@transaction.atomic
def seed_organisations(*, count, seed, now):
    """Invent `count` published organisations with offers, statuses, marks and references.

    The same seed on the same day gives the same rows. Rows that an earlier seeding invented are kept: a number that
    stands already is left alone, so repeating the command changes nothing.
    """
    random, today = Random(seed), timezone.localdate(now)  # noqa: S311
    names = tomllib.loads((DATA / "names.toml").read_text("utf-8"))
    with (DATA / "offers.csv").open(encoding="utf-8", newline="") as lines:
        offers = list(csv.DictReader(lines))
    municipalities = list(Municipality.objects.order_by("teryt").values_list("teryt", "name"))
    invented = [
        invent(
            random,
            number=number,
            today=today,
            names=names,
            offers=offers,
            municipalities=municipalities,
            region=settings.REGION_TERYT,
        )
        for number in range(1, count + 1)
    ]
    known = set(Institution.objects.filter(nip__startswith="000").values_list("nip", flat=True))
    fresh = [one for one in invented if one.nip not in known]
    source, _ = DataSource.objects.get_or_create(name=INVENTED_SOURCE, defaults={"rank": 10})
    cards = _write_cards(fresh, source, now)
    _write_offers(fresh, cards, now)
    catalogue.refresh([card.pk for card in cards], now=now)
    return len(fresh)


def represented(now):
    """Whom the demo's representative stands for: the first invented organisation, without one any public one."""
    cards = Organisation.objects.published().order_by("pk")
    card = cards.filter(institution__nip__startswith="000").first() or cards.first()
    return card and {"organisation_id": card.pk}


def _address(one, **more):
    return {
        "street": one.street,
        "house_number": one.house_number,
        "postal_code": one.postal_code,
        "town": one.municipality[1],
        "municipality_id": one.municipality[0],
        "county_id": one.municipality[0][:4],
        "phone": one.phone,
        "email": one.email,
        "www": one.www,
        **more,
    }


def _write_cards(invented, source, now):
    institutions = Institution.objects.bulk_create(
        Institution(
            **_address(one),
            name=one.operator or one.name,
            sort_key=sort_key(one.operator or one.name),
            nip=one.nip,
            krs=one.krs,
            legal_form_id=one.kind["form"],
            founded_year=one.founded_year,
            is_opp=one.kind["form"] in {"fundacja", "stowarzyszenie"} and one.number % 3 == 0,
            has_ct9_status=one.number % 17 == 0,
        )
        for one in invented
    )
    units = {
        one.number: Unit(
            **_address(one),
            operator=institution,
            name=one.name,
            sort_key=sort_key(one.name),
            started_on=one.started_on,
        )
        for one, institution in zip(invented, institutions, strict=True)
        if one.operator
    }
    Unit.objects.bulk_create(units.values())
    SocialEnterpriseStatus.objects.bulk_create(
        SocialEnterpriseStatus(
            institution=institution,
            decision_number=f"PRZYKŁAD/{one.number}/{one.ps_from.year}",
            goal=one.ps_goal,
            granted_on=one.ps_from,
        )
        for one, institution in zip(invented, institutions, strict=True)
        if one.ps_from
    )
    return Organisation.objects.bulk_create(
        Organisation(
            institution=institution,
            unit=units.get(one.number),
            kind_id=one.kind["code"],
            slug=f"{slugify(one.name.translate(str.maketrans('łŁ', 'lL')))[:100]}-{one.number}",
            description=one.description,
            employees=one.employees,
            target_groups=one.target_groups,
            serves=one.serves,
            verified_on=one.verified_on,
            verified_by=Verifier.REPRESENTATIVE if one.verified_on else "",
            source=source,
            source_as_of=timezone.localdate(now),
            published_at=now,
        )
        for one, institution in zip(invented, institutions, strict=True)
    )


def _write_offers(invented, cards, now):
    offers = Offer.objects.bulk_create(
        Offer(
            organisation=card,
            category_id=offer["category"],
            name=offer["name"],
            description=offer["description"],
            capacity=offer["capacity"],
            position=position,
            confirmed_at=now,
        )
        for one, card in zip(invented, cards, strict=True)
        for position, offer in enumerate(one.offers)
    )
    written = iter(offers)
    codes, marks, references = [], [], []
    for one, card in zip(invented, cards, strict=True):
        own = [next(written) for _ in one.offers]
        codes += [OfferCpv(offer=row, code_id=offer["cpv"]) for row, offer in zip(own, one.offers, strict=True)]
        marks += [
            OfferMark(
                offer=own[index],
                number=f"ZP/{granted.year}/P{one.number:03d}",
                granted_on=granted,
                valid_until=until,
            )
            for index, granted, until in one.marks
        ]
        references += [
            Reference(
                organisation=card,
                client=f"Gmina {one.municipality[1]} (przykład)",
                subject=subject[0].lower() + subject[1:],
                year=year,
                value_amount=value,
            )
            for subject, year, value in one.references
        ]
    OfferCpv.objects.bulk_create(codes)
    OfferMark.objects.bulk_create(marks)
    Reference.objects.bulk_create(references)
