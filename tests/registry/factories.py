"""Believable rows for tests. Plain values, no clock; `published=True` also writes the catalogue entry."""

import itertools
from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from core.polish import sort_key
from registry import models

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def nips():
    """Valid NIP numbers in order: weights 6 5 7 2 3 4 5 6 7, remainder modulo 11."""
    for number in itertools.count(899_000_000):
        digits = str(number)
        control = sum(int(d) * w for d, w in zip(digits, (6, 5, 7, 2, 3, 4, 5, 6, 7), strict=True)) % 11
        if control < 10:
            yield f"{digits}{control}"


def regons():
    """Valid nine-digit REGON numbers in order: weights 8 9 2 3 4 5 6 7, remainder modulo 11, ten counts as zero."""
    for number in itertools.count(36_000_000):
        digits = f"{number:08d}"
        yield f"{digits}{sum(int(d) * w for d, w in zip(digits, (8, 9, 2, 3, 4, 5, 6, 7), strict=True)) % 11 % 10}"


NIPS, REGONS = nips(), regons()


class DataSourceFactory(DjangoModelFactory):
    class Meta:
        model = models.DataSource
        django_get_or_create = ("name",)

    name = "Wykaz regionalny"
    rank = 20


class InstitutionFactory(DjangoModelFactory):
    class Meta:
        model = models.Institution

    name = factory.Sequence(lambda n: f"Spółdzielnia Socjalna Numer {n}")
    sort_key = factory.LazyAttribute(lambda o: sort_key(o.name))
    nip = factory.LazyFunction(lambda: next(NIPS))
    regon = factory.LazyFunction(lambda: next(REGONS))
    krs = factory.Sequence(lambda n: f"{n + 1:010d}")
    legal_form_id = "spoldzielnia"
    street = "ul. Drukarska"
    house_number = "37"
    postal_code = "53-311"
    town = "Wrocław"
    municipality_id = "0264011"
    county_id = factory.LazyAttribute(lambda o: o.municipality_id[:4] if o.municipality_id else None)
    phone = "+48710000000"
    email = "biuro@example.pl"


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = models.Unit

    operator = factory.SubFactory(InstitutionFactory, name="Fundacja Prowadząca", legal_form_id="fundacja")
    name = factory.Sequence(lambda n: f"Warsztat Terapii Zajęciowej nr {n}")
    sort_key = factory.LazyAttribute(lambda o: sort_key(o.name))
    town = "Kłodzko"
    municipality_id = "0208021"
    county_id = factory.LazyAttribute(lambda o: o.municipality_id[:4] if o.municipality_id else None)


class OrganisationFactory(DjangoModelFactory):
    """A card. `institution__name="…"` sets the legal person; `of_unit=True` makes it the card of a WTZ."""

    class Meta:
        model = models.Organisation
        skip_postgeneration_save = True

    class Params:
        of_unit = factory.Trait(
            kind_id="wtz",
            unit=factory.SubFactory(UnitFactory),
            institution=factory.LazyAttribute(lambda o: o.unit.operator),
        )

    institution = factory.SubFactory(InstitutionFactory)
    kind_id = "spoldzielnia_socjalna"
    slug = factory.Sequence(lambda n: f"podmiot-{n}")
    description = "Sprzątanie biur i catering."
    source = factory.SubFactory(DataSourceFactory)
    published_at = None

    @factory.post_generation
    def published(self, create, extracted, **kwargs):
        if extracted:
            models.Organisation.objects.filter(pk=self.pk).update(published_at=NOW)
            self.published_at = NOW
            refresh(self)


class OfferFactory(DjangoModelFactory):
    class Meta:
        model = models.Offer
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    name = "Sprzątanie biur"
    category_id = "sprzatanie"
    confirmed_at = NOW

    @factory.post_generation
    def codes(self, create, extracted, **kwargs):
        """codes=["90910000"]: CPV codes without the control digit."""
        for code in extracted or []:
            models.OfferCpv.objects.create(offer=self, code_id=code)


class SocialEnterpriseStatusFactory(DjangoModelFactory):
    class Meta:
        model = models.SocialEnterpriseStatus

    institution = factory.SubFactory(InstitutionFactory)
    decision_number = factory.Sequence(lambda n: f"PS.{n}.2024")
    granted_on = date(2024, 3, 1)
    goal = "reintegracja"
    lost_on = None
    loss_reason = factory.LazyAttribute(lambda o: "na wniosek" if o.lost_on else "")


class OfferMarkFactory(DjangoModelFactory):
    class Meta:
        model = models.OfferMark

    offer = factory.SubFactory(OfferFactory)
    number = factory.Sequence(lambda n: f"ZP/2026/{n + 1:03d}")
    granted_on = date(2026, 3, 1)
    valid_until = date(2027, 2, 28)


class WorkplaceFactory(DjangoModelFactory):
    class Meta:
        model = models.Workplace

    organisation = factory.SubFactory(OrganisationFactory)
    town = "Legnica"
    municipality_id = "0262011"
    county_id = "0262"


class ReferenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Reference

    organisation = factory.SubFactory(OrganisationFactory)
    client = "Gmina Wrocław"
    subject = "sprzątanie trzech bibliotek"
    year = 2025
    value_amount = "118000.00"


def refresh(*organisations, now=NOW):
    """Write the catalogue entries of these organisations, of all of them without arguments."""
    from registry.use_cases import catalogue

    ids = [o.pk for o in organisations] or list(models.Organisation.objects.values_list("pk", flat=True))
    catalogue.refresh(ids, now=now)
