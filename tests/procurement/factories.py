"""Believable plans and notices. Plain values, no clock."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from procurement import models
from procurement.choices import Nature, NoticeState, OpeningPrecision, PlanState
from tests.accounts.factories import authority
from tests.registry.factories import NOW


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = models.Plan

    authority = factory.LazyFunction(authority)
    year = 2027
    budget_on = date(2026, 11, 20)
    created_at = NOW


class PlanVersionFactory(DjangoModelFactory):
    """A draft; `published()` below makes the version that visitors see."""

    class Meta:
        model = models.PlanVersion

    plan = factory.SubFactory(PlanFactory)
    number = factory.LazyAttribute(lambda version: version.plan.versions.count() + 1)
    created_at = NOW


class PlanItemFactory(DjangoModelFactory):
    class Meta:
        model = models.PlanItem
        skip_postgeneration_save = True

    version = factory.SubFactory(PlanVersionFactory)
    position = factory.LazyAttribute(
        lambda item: models.PlanPosition.objects.create(
            posting=models.Posting.objects.create(),
            plan=item.version.plan,
            number=f"1.3.{item.version.plan.positions.count() + 1}",
        )
    )
    subject = "Sprzątanie budynku urzędu"
    nature = Nature.SERVICES
    value = Decimal("180000.00")
    opens_on = date(2027, 4, 1)
    opens_precision = OpeningPrecision.QUARTER
    order = factory.Sequence(int)

    @factory.post_generation
    def cpv(self, create, codes=(), **_):
        for order, code8 in enumerate(codes or ()):
            self.cpv_links.create(code_id=code8, order=order)


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = models.Notice
        skip_postgeneration_save = True

    posting = factory.LazyFunction(lambda: models.Posting.objects.create())
    authority = factory.LazyFunction(authority)
    subject = "Usługi cateringowe na konferencję"
    nature = Nature.SERVICES
    state = NoticeState.PUBLISHED
    published_at = factory.LazyAttribute(
        lambda notice: None if notice.state in (NoticeState.DRAFT, NoticeState.SCHEDULED) else NOW
    )
    created_at = changed_at = NOW

    @factory.post_generation
    def cpv(self, create, codes=(), **_):
        for order, code8 in enumerate(codes or ()):
            self.cpv_links.create(code_id=code8, order=order)


def published(version):
    """The version as visitors see it, without what the use case does besides."""
    version.state, version.published_at = PlanState.PUBLISHED, NOW
    version.save()
    version.plan.current = version
    version.plan.save()
    return version
